internal import Foundation
public import Moderation
internal import ObjectStorage

extension Workspace {
    /// Whether `name` is not a dataset's name or path but its address in a storage.
    public static func isStorageAddress(_ name: String) -> Bool { name.hasPrefix(ObjectLocation.scheme) }

    /// The dataset at the address `address`: `s3://BUCKET/KEY.jsonl`, or `s3://BUCKET/PREFIX/` below which there is a
    /// dataset.yaml or else a manifest.jsonl. Reads no image.
    ///
    /// - Parameters:
    ///   - place: where it is named, if anywhere.
    ///   - taxonomy: that of the labels of a bare manifest, which says nothing of its own.
    /// - Throws: `Findings`: about the address at `place`, about the manifest at its lines.
    public func storedDataset(
        at address: String, place: Place?, taxonomy: Taxonomy
    ) throws(Findings) -> DatasetFile {
        let reader = try StoredDatasetReader(workspace: self, address: address, place: place)
        return try reader.read(taxonomy: taxonomy)
    }
}

/// Finds and reads a dataset in a storage.
private struct StoredDatasetReader {
    private let mirror: ObjectMirror
    private let bucket: String
    private let key: String
    private let place: Place?

    /// The most bytes of a manifest: some hundred bytes for each of a million images.
    private static let longestManifest = 256 << 20

    init(workspace: Workspace, address: String, place: Place?) throws(Findings) {
        let parts = address.unicodeScalars.dropFirst(ObjectLocation.scheme.count).split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = parts.first, !bucket.isEmpty else {
            throw Findings([
                Finding(
                    "`\(address)` names no bucket", at: place,
                    hint: "write s3://BUCKET/PREFIX/ or s3://BUCKET/PREFIX/manifest.jsonl")
            ])
        }
        do throws(S3SettingsError) {
            mirror = workspace.mirror(of: try workspace.buckets())
        } catch {
            throw Findings([Finding("`\(address)` cannot be looked up: \(error)", at: place)])
        }
        self.bucket = String(bucket)
        key = parts.count > 1 ? String(parts[1]) : ""
        self.place = place
    }

    func read(taxonomy: Taxonomy) throws(Findings) -> DatasetFile {
        if key.hasSuffix(".jsonl") { return try there(bareManifest(key, taxonomy: taxonomy), at: key, place) }
        let prefix = key.isEmpty || key.hasSuffix("/") ? key : key + "/"
        let file = ObjectLocation(bucket: bucket, key: prefix + DatasetDescription.fileName)
        if let text = try text(of: file) {
            let description = try DatasetDescription(text, file: "\(file)")
            let manifest = prefix + description.manifest
            return try there(dataset(description, manifest: manifest), at: manifest, Place(file: "\(file)", line: 0))
        }
        if let dataset = try bareManifest(prefix + DatasetDescription.standardManifest, taxonomy: taxonomy) {
            return dataset
        }
        throw Findings([
            Finding(
                "there is no dataset at s3://\(bucket)/\(prefix): neither a dataset.yaml nor a manifest.jsonl",
                at: place, hint: "a manifest of another name is named whole, and ends in .jsonl")
        ])
    }

    private func there(_ dataset: DatasetFile?, at key: String, _ place: Place?) throws(Findings) -> DatasetFile {
        if let dataset { return dataset }
        let location = ObjectLocation(bucket: bucket, key: key)
        throw Findings([Finding("\(ObjectStorageError.noSuchObject(location))", at: place)])
    }

    private func bareManifest(_ key: String, taxonomy: Taxonomy) throws(Findings) -> DatasetFile? {
        let name = DatasetFile.name(of: URL(filePath: "/\(bucket)/\(key)"))
        return try dataset(DatasetDescription(name: name, taxonomy: taxonomy), manifest: key)
    }

    /// The dataset whose manifest is at `key`; `nil` where there is none.
    private func dataset(_ description: DatasetDescription, manifest key: String) throws(Findings) -> DatasetFile? {
        let location = ObjectLocation(bucket: bucket, key: key)
        guard let content = try text(of: location) else { return nil }
        let sources = try ImageSources(content, manifest: location)
        let images = StoredImages(mirror: mirror, bucket: sources.bucket, prefix: sources.prefix)
        let folders: (manifest: URL, images: URL)
        do throws(ObjectStorageError) {
            folders = (try mirror.folder(of: bucket), try images.folder())
        } catch {
            throw Findings([Finding("\(error)", at: Place(file: "\(location)", line: 0))])
        }
        return try DatasetFile(
            description, manifest: folders.manifest.appending(path: key), name: "\(location)", content: content,
            folder: folders.images, images: images)
    }

    /// The text of the object at `location`; `nil` where there is none.
    private func text(of location: ObjectLocation) throws(Findings) -> String? {
        let bytes: Data
        do throws(ObjectStorageError) {
            bytes = try mirror.buckets.read(location, limit: Self.longestManifest)
        } catch {
            if case .noSuchObject = error { return nil }
            throw Findings([Finding("\(error)", at: place, hint: hint(for: error))])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Findings([Finding("the object is not UTF-8 text", at: Place(file: "\(location)", line: 0))])
        }
        return text
    }

    /// Where buckets were looked for, for who looks elsewhere.
    private func hint(for error: ObjectStorageError) -> String? {
        guard case .noSuchBucket = error else { return nil }
        switch mirror.buckets {
        case .folder(let local):
            return "buckets are the folders of \(TextFile.name(of: local.folder)); \(Workspace.storageVariable) names "
                + "another folder or an endpoint, AWS_ENDPOINT_URL_S3 an endpoint"
        case .endpoint(let endpoint):
            return "buckets are those of \(endpoint.settings.endpoint)"
        }
    }
}
