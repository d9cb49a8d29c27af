import Moderation
import Testing

@Suite struct TrainingSizeTests {
    private let labels = [Label(path: ["Alcohol"]), Label(path: ["Weapons"])]

    /// 300 images whose labels are present, absent or unknown in every combination.
    private var records: [ImageRecord] {
        (0..<300).map { index in
            let truths: [Truth] = [.present, .absent, .unknown]
            let of = [truths[index % 3], truths[index / 3 % 3]]
            let with = { (truth: Truth) in labels.indices.filter { of[$0] == truth }.map { labels[$0] } }
            return ImageRecord(
                path: "\(index)", digest: nil, annotation: Annotation(present: with(.present), unknown: with(.unknown)),
                group: "\(index / 2)", source: nil, tags: [], line: 0)
        }
    }

    private func draw(_ size: TrainingSize, seed: UInt64 = 7, repetition: Int = 0) -> [[Int]] {
        let records = records
        let table = TruthTable(records, labels: labels)
        let description = SplitDescription(training: 0.6, test: 0.4, unit: .group, repeats: 3, seed: seed)
        let split = description.split(description.strata(of: records, table), repetition: repetition)
        return size.draw(from: split, table, seed: seed, repetition: repetition).map(\.values)
    }

    private func count(_ images: [Int], _ label: Label, _ truth: Truth) -> Int {
        let records = records
        return images.count { records[$0].annotation.truth(of: label) == truth }
    }

    @Test func eachLabelDrawsItsOwnImagesAndNoUnknownOnes() {
        let drawn = draw(TrainingSize(positives: 8, negatives: 15))
        for (images, label) in zip(drawn, labels) {
            #expect(count(images, label, .present) == 8 && count(images, label, .absent) == 15)
            #expect(images.count == 23)
        }
        #expect(drawn[0] != drawn[1])
    }

    @Test func seedAndRepetitionDecide() {
        let size = TrainingSize(positives: 8, negatives: 8)
        #expect(draw(size) == draw(size))
        #expect(draw(size) != draw(size, repetition: 1))
        #expect(draw(size) != draw(size, seed: 8))
    }

    /// What a learning curve rests on, for sizes below and beyond what there is.
    @Test(arguments: 0..<20) func aSmallerSizeIsAPartOfALargerOne(seed: UInt64) {
        let counts: [Int?] = [1, 3, 10, 40, 1000, nil]
        for repetition in 0..<3 {
            for (smaller, larger) in zip(counts, counts.dropFirst()) {
                for (few, many) in [(smaller, larger), (smaller, smaller), (larger, larger)] {
                    let small = draw(
                        TrainingSize(positives: smaller, negatives: few), seed: seed, repetition: repetition)
                    let large = draw(
                        TrainingSize(positives: larger, negatives: many), seed: seed, repetition: repetition)
                    let isPart = zip(small, large).allSatisfy { Set($0).isSubset(of: $1) }
                    #expect(isPart)
                }
            }
        }
    }

    @Test func aSizeBeyondWhatThereIsTakesAll() {
        #expect(draw(TrainingSize(positives: 1000, negatives: 1000)) == draw(.all))
    }

    @Test func sizesAreOrdered() {
        let sizes = [
            TrainingSize(positives: 5, negatives: 9), TrainingSize(positives: 5),
            TrainingSize(positives: 6, negatives: 1),
            TrainingSize(negatives: 3), .all,
        ]
        #expect(sizes.reversed().sorted() == sizes)
    }
}
