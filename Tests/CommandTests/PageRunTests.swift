import Foundation
import TestSupport
import Testing

/// `moderato run` and the files of its report beyond the tables.
@Suite struct PageRunTests {
    private static let names = [
        "report.html", "plane-Alcohol.svg", "precision-recall-Alcohol.svg", "reliability-Alcohol.svg", "thresholds.csv",
        "precision-recall.csv", "reliability.csv",
    ]

    private func pictures(_ files: [String: Data]) -> Int {
        let page = String(decoding: files["report.html"] ?? Data(), as: UTF8.self)
        return page.components(separatedBy: "data:image/webp;base64,").count - 1
    }

    @Test func filesAreWrittenOnceAndAgainWhereTheyAreGoneOrChanged() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        let first = try Program.run(["run", file.path])
        #expect(first.status == 0 && first.talk.contains("Results/p/e/report.html"), "\(first.talk)")
        let files = try project.files(below: "Results/p/e")
        #expect(Set(PageRunTests.names).isSubset(of: files.keys))
        #expect(pictures(files) > 0)
        #expect(try Program.run(["run", file.path]).talk.contains("0 trained now"))
        #expect(try project.files(below: "Results/p/e") == files)

        for name in ["report.html", "thresholds.csv"] {
            let place = project.root.appending(path: "Results/p/e/\(name)")
            try FileManager.default.removeItem(at: place)
            #expect(try Program.run(["run", file.path]).status == 0)
            #expect(try project.files(below: "Results/p/e") == files, "\(name) was gone")
            try Data("mine".utf8).write(to: place)
            #expect(try Program.run(["run", file.path]).status == 0)
            #expect(try project.files(below: "Results/p/e") == files, "\(name) was changed")
        }
    }

    /// The options are no part of a trial: nothing is trained again.
    @Test func picturesFollowTheExperimentFile() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        #expect(try Program.run(["run", file.path]).status == 0)
        let all = pictures(try project.files(below: "Results/p/e"))
        for (options, isExpected) in [
            ("images: false", { $0 == 0 }), ("sensitive: [Alcohol]", { $0 == 0 }), ("sensitive: none", { $0 == all }),
            ("megabytes: 0.001", { $0 > 0 && $0 < all }),
        ] as [(String, (Int) -> Bool)] {
            try project.experiment(TemporaryProject.experiment + "\nreport: {\(options)}\n")
            let run = try Program.run(["run", file.path])
            #expect(run.talk.contains("6 trials: 0 trained now"), "\(run.talk)")
            let found = pictures(try project.files(below: "Results/p/e"))
            #expect(isExpected(found), "\(options): \(found) pictures of \(all)")
        }
    }

    /// What is gone or broken since it was embedded is a path without a picture.
    @Test func picturesThatCannotBeReadAreLeftOut() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        #expect(try Program.run(["run", file.path]).status == 0)
        let all = pictures(try project.files(below: "Results/p/e"))
        let folder = project.root.appending(path: "Datasets/d/images")
        try FileManager.default.moveItem(at: folder, to: project.root.appending(path: "elsewhere"))
        let report = try Program.run(["report", file.path])
        #expect(report.status == 0, "\(report.talk)")
        #expect(pictures(try project.files(below: "Results/p/e")) == 0)
        try FileManager.default.moveItem(at: project.root.appending(path: "elsewhere"), to: folder)
        #expect(try Program.run(["report", file.path]).status == 0)
        #expect(pictures(try project.files(below: "Results/p/e")) == all)
    }

    @Test func thresholdsAtTheDeclaredOneAreTheComparison() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(TemporaryProject.experiment + "\nthreshold: 47.5\n")
        #expect(try Program.run(["run", file.path]).status == 0)
        let files = try project.files(below: "Results/p/e")
        let compared = try Oracle.run(
            """
            import csv, io
            read = lambda name: list(csv.DictReader(io.StringIO(input[name], newline=""), strict=True))
            points = [r for r in read("thresholds.csv") if float(r["confidence"]) == 47.5]
            rows = read("comparison.csv")
            assert len(points) == len(rows) == 4 and len(read("thresholds.csv")) == 400
            names = ["fixed", "broken", "improvement", "improvement_lower", "improvement_upper", "improvement_missing"]
            compared = 0
            for point, row in zip(points, rows):
                assert point["adapter"] == row["adapter"]
                base = row["row"] == "base"
                for kind in ["fn", "fp"]:
                    assert point[kind + "_errors"] == row[kind + ("_base_errors" if base else "_adapter_errors")]
                    for name in [] if base else names:
                        assert point[f"{kind}_{name}"] == row[f"{kind}_{name}"], (name, point, row)
                        compared += 1
                assert point["flagged_share"] == row["base_flagged_share" if base else "adapter_flagged_share"]
            answer(compared)
            """, input: files.mapValues { String(decoding: $0, as: UTF8.self) }, as: Int.self)
        #expect(compared == 3 * 2 * 6)
    }
}
