import Foundation
import Testing

@testable import Adapters

@Suite("Recipes")
struct RecipeTests {
    @Test("A recipe is written and read with its defaults", arguments: Recipe.Kind.allCases)
    func roundTrip(kind: Recipe.Kind) throws {
        let recipe = try Recipe(kind)
        let data = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Recipe.self, from: data) == recipe)
        for description in kind.description.hyperparameters {
            #expect(description.allows(description.defaults))
            #expect(recipe.values(of: description.name) == description.defaults.sorted())
            #expect(!description.documentation.hasSuffix("."))
        }
    }

    @Test("A recipe is written as an experiment file writes it")
    func written() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(Recipe(.ridge, ["strength": [1, 3]]))
        #expect(String(decoding: data, as: UTF8.self) == #"{"kind":"ridge","strength":[1,3],"target":[3]}"#)
    }

    @Test("Leaving a default out and writing it mean the same")
    func defaultsAreFilledIn() throws {
        #expect(try Recipe(.ridge) == Recipe(.ridge, ["target": [3]]))
        #expect(try Recipe(.ridge) != Recipe(.ridge, ["target": [4]]))
    }

    @Test("What an adapter does not allow is an error that says what it allows")
    func refused() {
        #expect(throws: AdapterError.unknownHyperparameter(adapter: "platt", name: "strength", known: [])) {
            try Recipe(.platt, ["strength": [1]])
        }
        let allowed = "a number from 0 to 1000000, or a list of them"
        for values in [[], [-1], [1, .nan], [2e6]] {
            #expect {
                try Recipe(.logistic, ["strength": values])
            } throws: {
                "\($0)".hasPrefix("`strength` of the adapter `logistic` is \(allowed), given")
            }
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Recipe.self, from: Data(#"{"kind":"ridge","lambda":[1]}"#.utf8))
        }
    }
}
