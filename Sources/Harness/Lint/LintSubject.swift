internal import LinearAlgebra
internal import Moderation
internal import Store

/// The images of a dataset with all that lint looks at; index `i` is one and the same image everywhere.
struct LintSubject {
    /// The images that can be used.
    let images: [SelectedImage]
    /// Of each its fingerprint.
    let fingerprints: [Fingerprint]
    /// `[images x dimensions]`.
    let embeddings: Matrix
    /// Base scores as logits, `[images x labels of the taxonomy]`.
    let baseScores: Matrix
    /// Pairs that hardly differ.
    let nearDuplicates: [NearDuplicate]
    /// Images that show the same pixels, lists of two and more.
    let copies: [[Int]]

    var records: [ImageRecord] { images.map(\.record) }

    init(images: [SelectedImage], fingerprints: [Fingerprint], embedded: EmbeddedImages) {
        self.images = images
        self.fingerprints = fingerprints
        embeddings = embedded.plain.matrix(of: images)
        baseScores = embedded.plain.cached.baseScores.selecting(rows: embedded.plain.rows(of: images))
        let candidates = DuplicateSearch.candidates(fingerprints, units: Array(images.indices))
        nearDuplicates = DuplicateSearch.confirmed(candidates, embeddings: embeddings)
            .filter { fingerprints[$0.first].pixels != fingerprints[$0.second].pixels }
        copies = Dictionary(grouping: images.indices) { fingerprints[$0].pixels }.values
            .filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }

    /// The path of image `index`.
    func path(_ index: Int) -> String { images[index].record.path }

    /// The group of each image after those of copies and near duplicates were joined: the first of their names.
    var joinedGroups: [String] {
        let groups = records.map(\.group)
        let numbers = groups.numbered
        var clusters = Clusters(count: (numbers.max() ?? -1) + 1)
        for pair in nearDuplicates { clusters.join(numbers[pair.first], numbers[pair.second]) }
        for copies in copies { for copy in copies { clusters.join(numbers[copies[0]], numbers[copy]) } }
        var names: [Int: String] = [:]
        for (number, group) in zip(numbers, groups) where names[number] == nil { names[number] = group }
        return numbers.indices.map { names[clusters.root(of: numbers[$0])] ?? groups[$0] }
    }
}

/// Sets of numbers that grow together: a forest; the lowest number is the root.
struct Clusters {
    private var parents: [Int]

    init(count: Int) {
        parents = Array(0..<count)
    }

    /// The lowest number of the set that holds `member`.
    func root(of member: Int) -> Int {
        var member = member
        while parents[member] != member { member = parents[member] }
        return member
    }

    /// Makes the sets of `first` and `second` one.
    mutating func join(_ first: Int, _ second: Int) {
        let roots = [root(of: first), root(of: second)].sorted()
        for member in [first, second] { parents[member] = roots[0] }
        parents[roots[1]] = roots[0]
    }

    /// The sets of two and more members, each ascending, by their lowest.
    var sets: [[Int]] {
        Dictionary(grouping: parents.indices, by: root).values.filter { $0.count > 1 }.map { $0.sorted() }
            .sorted { $0[0] < $1[0] }
    }
}
