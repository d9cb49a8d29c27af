import Foundation
import Harness
import Moderation
import TestSupport
import Testing

@Suite struct DatasetImportTests {
    /// A project whose folder `pictures` holds files with the given content: their bytes need not be images.
    private func folder(_ files: [String: String]) throws -> TemporaryProject {
        let project = try TemporaryProject()
        for (path, content) in files { try project.write("pictures/\(path)", content) }
        return project
    }

    @Test func foldersAreLabels() throws {
        let project = try folder([
            "Alcohol/a.png": "1", "Violence/Weapons/b.JPG": "2", "Safe/c.webp": "3", "Safe/notes.txt": "no image",
        ])
        let pictures = project.root.appending(path: "pictures")
        let made = try DatasetImport(folder: pictures, taxonomy: .version6_1)
        #expect(made.manifest.records.map(\.path) == ["Alcohol/a.png", "Safe/c.webp", "Violence/Weapons/b.JPG"])
        let truths = made.manifest.records.map { $0.annotation.truth(of: Label(path: ["Alcohol"])) }
        #expect(truths == [.present, .absent, .absent])

        try made.write(name: "pictures", folder: pictures, taxonomy: .version6_1, replacing: false)
        let read = try DatasetFile(folder: pictures)
        #expect(read.dataset.records.map(\.digest) == made.manifest.records.map(\.digest))
        #expect(throws: RunError.self) {
            try made.write(name: "pictures", folder: pictures, taxonomy: .version6_1, replacing: false)
        }
        try made.write(name: "pictures", folder: pictures, taxonomy: .version6_1, replacing: true)
    }

    @Test func oneImageInTwoFoldersHasBothLabels() throws {
        let project = try folder(["Alcohol/a.png": "same", "Drugs/a.png": "same", "Safe/b.png": "other"])
        let made = try DatasetImport(folder: project.root.appending(path: "pictures"), taxonomy: .version6_1)
        #expect(made.manifest.records.count == 2)
        #expect(made.manifest.records[0].annotation.present.map(\.description) == ["Alcohol", "Drugs"])
    }

    @Test func foldersThatAreNoLabelsAreNamed() throws {
        let project = try folder(["Alcohl/a.png": "1", "b.png": "2"])
        #expect {
            try DatasetImport(folder: project.root.appending(path: "pictures"), taxonomy: .version6_1)
        } throws: { error in
            let findings = (error as? Findings)?.all ?? []
            return findings.count == 2 && findings.contains { $0.hint == "did you mean `Alcohol`?" }
        }
        #expect(throws: Findings.self) {
            try DatasetImport(folder: project.root.appending(path: "nothing"), taxonomy: .version6_1)
        }
    }

    /// What is written can be read: a folder's name may be no name for a dataset.
    @Test(arguments: [
        ("my photos", "my-photos"), ("über", "ber"), (".hidden", "hidden"), ("a: [b", "a---b"), ("日本", "images"),
        ("plain", "plain"),
    ]) func theNameCanBeReadAgain(folder: String, name: String) throws {
        let project = try TemporaryProject()
        try project.write("\(folder)/Alcohol/1.png", "1")
        let place = project.root.appending(path: folder)
        let made = try DatasetImport(folder: place, taxonomy: .version6_1)
        try made.write(
            name: DatasetImport.name(for: place), folder: place, taxonomy: .version6_1, replacing: false)
        #expect(try DatasetFile(folder: place).dataset.name == name)
    }

    @Test func hiddenFilesAreNoImages() throws {
        let project = try TemporaryProject()
        for path in ["Safe/1.png", "Safe/._1.png", ".trash/Alcohol/2.png"] { try project.write("i/\(path)", path) }
        let made = try DatasetImport(folder: project.root.appending(path: "i"), taxonomy: .version6_1)
        #expect(made.manifest.records.map(\.path) == ["Safe/1.png"])
    }

    @Test func anImageCannotBeSafeAndNot() throws {
        let project = try TemporaryProject()
        for path in ["Alcohol/1.png", "Safe/2.png"] { try project.write("i/\(path)", "the same") }
        #expect {
            try DatasetImport(folder: project.root.appending(path: "i"), taxonomy: .version6_1)
        } throws: {
            "\($0)".contains("`Safe/2.png` is safe, but `Alcohol/1.png` is the same bytes and shows `Alcohol`")
        }
    }
}
