import Moderation
import Testing

@Suite struct TaxonomyTests {
    /// The numbers of Amazon's announcement and of the published tables.
    @Test func countsAreThePublishedOnes() {
        let old = Taxonomy.version6_1
        #expect(old.topLevel.count == 10)
        #expect(old.labels.count { $0.level == 2 } == 35)
        #expect(old.labels.count == 45)
        let new = Taxonomy.version7_0
        #expect(new.labels.map(\.level).reduce(into: [:]) { $0[$1, default: 0] += 1 } == [1: 10, 2: 20, 3: 22])
    }

    @Test func namesThatRepeatAreTwoLabels() throws {
        let gambling = Taxonomy.version6_1.labels(named: "Gambling")
        #expect(gambling.map(\.description) == ["Gambling", "Gambling/Gambling"])
        #expect(gambling[1].parent == gambling[0])
    }

    @Test(arguments: Taxonomy.all) func everyLabelHasItsParentsAndReadsBack(taxonomy: Taxonomy) {
        for label in taxonomy.labels {
            #expect(Label(label.description) == label)
            #expect(label.ancestors.allSatisfy(taxonomy.contains))
            #expect(label.parent.map { taxonomy.children(of: $0).contains(label) } ?? (label.level == 1))
        }
        #expect(Set(taxonomy.labels).count == taxonomy.labels.count)
    }

    @Test func pathsWithEmptyNamesAreNoLabels() {
        #expect(Label("") == nil)
        #expect(Label("Alcohol/") == nil)
        #expect(Label("/Alcohol") == nil)
        #expect(Taxonomy(version: "5.0") == nil)
    }
}
