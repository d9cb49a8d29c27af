internal import Evaluation
internal import Harness
internal import Moderation
internal import Reporting

/// The galleries of a report with small pictures of their images, as far as the experiment allows them.
struct Galleries {
    private let options: Experiment.ReportOptions
    /// The images that may be shown, by path.
    private let images: [String: SelectedImage]

    init(_ experiment: Experiment, images: [SelectedImage]) {
        let options = experiment.reportOptions
        self.options = options
        let shown = images.filter { options.allows($0.record.annotation) }.map { ($0.record.path, $0) }
        self.images = Dictionary(shown) { first, _ in first }
    }

    /// The galleries of `input`, whose main setting has the finished trials `records`; none where the experiment wants none.
    func all(_ input: ReportInput, records: [TrialRecord]) -> [Gallery] {
        guard options.showsImages else { return [] }
        let galleries = Gallery.all(input, records: records, isSensitive: options.isSensitive)
        let thumbnails = thumbnails(of: galleries)
        return galleries.map { $0.showing { thumbnails[$0] } }
    }

    /// Pictures by path, those that stand first in any gallery before those that stand second, until the room is used up.
    private func thumbnails(of galleries: [Gallery]) -> [String: Gallery.Thumbnail] {
        let lists = galleries.filter { !$0.isSensitive }.map { $0.images.map(\.path) }
        var known: Set<String> = []
        let paths = (0..<(lists.map(\.count).max() ?? 0)).flatMap { rank in
            lists.filter { rank < $0.count }.map { $0[rank] }
        }.filter { images[$0] != nil && known.insert($0).inserted }
        let made = Thumbnail.all(of: paths.compactMap { images[$0]?.file }, limit: options.maximumBytes)
        return Dictionary(
            uniqueKeysWithValues: zip(paths, made).compactMap { path, thumbnail in
                thumbnail.map { (path, Gallery.Thumbnail($0)) }
            })
    }
}

extension Gallery.Thumbnail {
    fileprivate init(_ thumbnail: Thumbnail) {
        self.init(
            width: thumbnail.width, height: thumbnail.height, mediaType: Thumbnail.mediaType, bytes: thumbnail.bytes)
    }
}
