internal import Evaluation
internal import Harness
internal import Moderation

extension ProjectUpdate {
    /// All of it as JSON.
    var json: JSONValue {
        .object([
            "project": .text(project),
            "base_model": .object(["name": .text(baseModel.name), "digest": .text("\(baseModel.digest)")]),
            "adapters": .list(adapters.map(\.json)), "damaged": .list(damaged.map { .text("\($0)") }),
        ])
    }
}

extension AdapterUpdate {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "adapter": .text("\(old.project)/\(old.name)"), "old": old.json, "new": new?.json ?? .null,
            "notes": .list(notes.map(JSONValue.text)),
        ]
        switch outcome {
        case .upToDate: members["outcome"] = .text("up_to_date")
        case .completed: members["outcome"] = .text("completed")
        case .planned(let step):
            members["outcome"] = .text(step.name)
            members["trial"] = step.trial.map { .text("\($0)") }
        case .judged(let change, let decision):
            members["outcome"] = .text(decision.rawValue)
            members["verdict"] = .text(change.verdict.rawValue)
            members["judgements"] = .list(change.judgements.map(\.json))
        case .refused(let reason):
            members["outcome"] = .text("refused")
            members["reason"] = .text(reason)
        }
        return .object(members)
    }
}

extension AdapterUpdate.Step {
    fileprivate var name: String {
        switch self {
        case .train: "would_be_trained"
        case .judge: "would_be_judged"
        case .deprecate: "would_be_deprecated"
        }
    }

    fileprivate var trial: Digest? {
        switch self {
        case .train(let trial), .judge(let trial): trial
        case .deprecate: nil
        }
    }
}

extension AdapterVersion {
    fileprivate var json: JSONValue {
        .object(["id": .text(id), "status": .text(status.rawValue), "base_model": .text(baseModel.name)])
    }
}

extension ModelSwitch.Judgement {
    fileprivate var json: JSONValue {
        .object([
            "label": .text("\(label)"), "errors": .text(kind.rawValue), "margin": .number(margin),
            "images": .number(old.cells.images), "old": old.json, "new": new.json,
            "fixed": .number(change.cells.fixed), "broken": .number(change.cells.broken),
            "rate_difference": beside.estimate.json, "verdict": .text(beside.verdict.rawValue),
        ])
    }
}

extension PairedErrors {
    /// A model beside its own base model.
    fileprivate var json: JSONValue {
        .object([
            "base_errors": .number(cells.baseErrors), "errors": .number(cells.adapterErrors),
            "improvement": improvement.json,
        ])
    }
}

extension Estimate {
    fileprivate var json: JSONValue {
        switch self {
        case .undefined(let reason): .object(["undefined": .text(reason.rawValue)])
        case .measured(let measured):
            .object([
                "value": .number(measured.value),
                "interval": measured.interval.map { .list([.number($0.lower), .number($0.upper)]) } ?? .null,
            ])
        }
    }
}
