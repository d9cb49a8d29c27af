internal import Adapters
internal import Foundation
internal import Moderation

/// The layout of `adapter.json`, one flat object; `docs/adapters.md` describes it.
extension AdapterVersion: Codable {
    static let layout = 1

    private enum Key: String, CodingKey {
        case layout, project, name, number, description, status, arn, created, trial, repetition, kind, recipe, labels,
            threshold, objective, split, embedding, background, images, files
        case trainingSize = "training_size"
        case trainingSeconds = "training_seconds"
        case baseModel = "base_model"
        case updatedFrom = "updated_from"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let layout = try container.decode(Int.self, forKey: .layout)
        guard layout == Self.layout else { throw OtherLayout(found: layout) }
        let arn = try container.decode(String.self, forKey: .arn)
        guard let name = ProjectVersionArn(arn) else {
            throw DecodingError.dataCorruptedError(forKey: .arn, in: container, debugDescription: "`\(arn)` is no ARN")
        }
        account = name.account
        project = try container.decode(String.self, forKey: .project)
        self.name = try container.decode(String.self, forKey: .name)
        number = try container.decode(Int.self, forKey: .number)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        status = try container.decode(AdapterStatus.self, forKey: .status)
        let created = try container.decode(String.self, forKey: .created)
        guard let milliseconds = Timestamp.milliseconds(created) else {
            throw DecodingError.dataCorruptedError(
                forKey: .created, in: container, debugDescription: "`\(created)` is no time")
        }
        createdMilliseconds = milliseconds
        trial = Trial(
            id: try container.decode(Digest.self, forKey: .trial),
            repetition: try container.decode(Int.self, forKey: .repetition),
            trainingSeconds: try container.decodeIfPresent(Double.self, forKey: .trainingSeconds))
        request = try Self.request(container)
        baseModel = try container.decode(BaseModel.self, forKey: .baseModel)
        images = try container.decode(Images.self, forKey: .images)
        updatedFrom = try container.decodeIfPresent(Predecessor.self, forKey: .updatedFrom)
        files = try container.decode([String: Digest].self, forKey: .files)
    }

    private static func request(_ container: KeyedDecodingContainer<Key>) throws -> Request {
        let objective = try container.decode(JSONValue.self, forKey: .objective)
        guard let known = Objective(specification: objective) else {
            throw DecodingError.dataCorruptedError(
                forKey: .objective, in: container, debugDescription: "`\(objective.text())` is no objective")
        }
        return Request(
            recipe: try container.decode(Recipe.self, forKey: .recipe),
            labels: try container.decode([Label].self, forKey: .labels),
            threshold: try container.decode(Double.self, forKey: .threshold), objective: known,
            split: try container.decode(JSONValue.self, forKey: .split),
            trainingSize: try container.decode(JSONValue.self, forKey: .trainingSize),
            embedding: try container.decodeIfPresent(Embedding.self, forKey: .embedding),
            background: try container.decodeIfPresent(Digest.self, forKey: .background))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Self.layout, forKey: .layout)
        try container.encode(project, forKey: .project)
        try container.encode(name, forKey: .name)
        try container.encode(number, forKey: .number)
        try container.encode(description, forKey: .description)
        try container.encode(status, forKey: .status)
        try container.encode(arn, forKey: .arn)
        try container.encode(Timestamp.text(createdMilliseconds), forKey: .created)
        try container.encode(trial.id, forKey: .trial)
        try container.encode(trial.repetition, forKey: .repetition)
        try container.encode(trial.trainingSeconds, forKey: .trainingSeconds)
        try container.encode(kind, forKey: .kind)
        try encode(request, into: &container)
        try container.encode(baseModel, forKey: .baseModel)
        try container.encode(images, forKey: .images)
        try container.encodeIfPresent(updatedFrom, forKey: .updatedFrom)
        try container.encode(files, forKey: .files)
    }

    private func encode(_ request: Request, into container: inout KeyedEncodingContainer<Key>) throws {
        try container.encode(request.recipe, forKey: .recipe)
        try container.encode(request.labels, forKey: .labels)
        try container.encode(request.threshold, forKey: .threshold)
        try container.encode(request.objective.specification, forKey: .objective)
        try container.encode(request.split, forKey: .split)
        try container.encode(request.trainingSize, forKey: .trainingSize)
        try container.encode(request.embedding, forKey: .embedding)
        try container.encode(request.background, forKey: .background)
    }
}

/// Times in UTC to the millisecond, as text: `2026-11-22T19:40:07.123Z`.
enum Timestamp {
    static func text(_ milliseconds: Int) -> String {
        let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
        return seconds.dropLast() + String(format: ".%03dZ", milliseconds % 1000)
    }

    static func milliseconds(_ text: String) -> Int? {
        guard let match = text.wholeMatch(of: /([0-9T:-]+)\.([0-9]{3})Z/), let part = Int(match.output.2),
            let date = try? Date("\(match.output.1)Z", strategy: .iso8601)
        else { return nil }
        return Int(date.timeIntervalSince1970) * 1000 + part
    }
}
