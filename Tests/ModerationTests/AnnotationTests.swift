import Moderation
import Testing

@Suite struct AnnotationTests {
    private let alcohol = Label(path: ["Alcohol"])
    private let beverages = Label(path: ["Alcohol", "Alcoholic Beverages"])
    private let drinking = Label(path: ["Alcohol", "Drinking"])
    private let violence = Label(path: ["Violence"])

    @Test func aPresentLabelImpliesTheOnesAbove() {
        let annotation = Annotation(present: [beverages])
        #expect(annotation.truth(of: alcohol) == .present)
        #expect(annotation.truth(of: beverages) == .present)
        #expect(annotation.truth(of: drinking) == .absent)
        #expect(annotation.truth(of: violence) == .absent)
    }

    @Test func belowAPresentLabelNothingIsKnown() {
        let annotation = Annotation(present: [alcohol])
        #expect(annotation.truth(of: beverages) == .unknown)
        #expect(annotation.truth(of: violence) == .absent)
    }

    @Test func anUnknownLabelMakesItsRelativesUnknown() {
        let annotation = Annotation(unknown: [beverages])
        #expect(annotation.truth(of: alcohol) == .unknown)
        #expect(annotation.truth(of: beverages) == .unknown)
        #expect(annotation.truth(of: drinking) == .absent)
        #expect(Annotation(unknown: [alcohol]).truth(of: drinking) == .unknown)
        #expect(Annotation(present: [drinking], unknown: [beverages]).truth(of: alcohol) == .present)
    }

    @Test func whatIsNotSaidToBeAbsentIsUnknown() {
        let annotation = Annotation(absent: .only([alcohol]))
        #expect(annotation.truth(of: alcohol) == .absent)
        #expect(annotation.truth(of: drinking) == .absent)
        #expect(annotation.truth(of: violence) == .unknown)
    }

    @Test func orderAndImpliedParentsMakeNoDifference() {
        #expect(Annotation(present: [beverages, violence]).agrees(with: Annotation(present: [violence, beverages])))
        #expect(Annotation(present: [alcohol, beverages]).agrees(with: Annotation(present: [beverages])))
        #expect(!Annotation(present: [alcohol]).agrees(with: Annotation(present: [beverages])))
        #expect(!Annotation().agrees(with: Annotation(unknown: [alcohol])))
    }

    @Test func contradictionsAreFound() {
        #expect(Annotation(present: [beverages], absent: .only([alcohol])).contradictions == [beverages])
        #expect(Annotation(present: [alcohol], unknown: [alcohol]).contradictions == [alcohol])
        #expect(Annotation(present: [alcohol], absent: .only([beverages])).contradictions.isEmpty)
    }
}
