import Foundation
import TestSupport
import Testing

/// Adapters trained by a server, as boto3 and the command line see them.
@Suite struct ServedTrainingTests {
    private let shop: AdapterServer

    init() throws { shop = try AdapterServer() }

    private struct Counts: Decodable, Equatable {
        let TruePositive, TrueNegative, FalsePositive, FalseNegative: Int
        var total: Int { TruePositive + TrueNegative + FalsePositive + FalseNegative }
    }

    private struct Evaluation: Decodable {
        let AggregatedEvaluationResults: F1
        let EvaluationDetails: Details
        let ContentModeration: ByThreshold

        struct F1: Decodable { let F1Score: Double? }
        struct Details: Decodable {
            let NumberOfTestingImages, NumberOfTrainingImages: Int
            let ProjectVersionArn: String
        }
        struct ByThreshold: Decodable { let InputConfidenceThresholdEvalResults: Results }
        struct Results: Decodable {
            let ConfidenceThreshold: Double
            let AggregatedEvaluationResults: Models
        }
        struct Models: Decodable { let BaseModel, Adapter: Counts }
    }

    private func object(_ name: String) throws -> Data {
        try Data(contentsOf: shop.project.root.appending(path: "s3/results/out/\(name)"))
    }

    private func lines(_ name: String) throws -> [[String: Any]] {
        try object(name).split(separator: UInt8(ascii: "\n")).map {
            try #require(JSONSerialization.jsonObject(with: $0) as? [String: Any])
        }
    }

    @Test func aHeldOutTestIsOfAFifthAndTheAdapterIsAnAdapterLikeOthers() throws {
        let server = try shop.start()
        struct Answer: Decodable {
            let arn, status, base: String
            let f1: Double
            let seconds: Int
            let tags: [String: String]
            let names: [String: String]
            let isAutomatic, isValidated: Bool
            let detection: String
            let deletion: [String?]
        }
        let answer: Answer = try AdapterServer.run(
            """
            project = create("shop")
            arn = train(project, "first", VersionDescription="a first try", Tags={"lower": "x"},
                        FeatureConfig={"ContentModeration": {"ConfidenceThreshold": 60}})
            during = [code("delete_project_version", ProjectVersionArn=arn), code("delete_project", ProjectArn=project)]
            version = wait(project, "first")[0]
            def key(place): return place["S3Object"]["Name"]
            def asset(data): return key(data["Assets"][0]["GroundTruthManifest"])
            training, testing = version["TrainingDataResult"], version["TestingDataResult"]
            image = {"Bytes": open(input["x"] + "/s3/photos/images/3.png", "rb").read()}
            detection = client.detect_moderation_labels(Image=image, ProjectVersion=arn, MinConfidence=1)
            del detection["ResponseMetadata"]
            answer({"arn": arn, "status": version["Status"], "base": version["BaseModelVersion"],
                    "f1": version["EvaluationResult"]["F1Score"], "seconds": version["BillableTrainingTimeInSeconds"],
                    "tags": client.list_tags_for_resource(ResourceArn=arn)["Tags"],
                    "names": {"training": asset(training["Output"]), "test": asset(testing["Output"]),
                              "validation": asset(training["Validation"]), "summary": key(version["ManifestSummary"]),
                              "evaluation": key(version["EvaluationResult"]["Summary"]),
                              "description": version["VersionDescription"]},
                    "isAutomatic": testing["Input"]["AutoCreate"] and testing["Output"]["AutoCreate"],
                    "isValidated": "Validation" in testing, "detection": json.dumps(detection),
                    "deletion": during + [version["ProjectVersionArn"]]})
            """, shop.project.root.path, at: server)
        #expect(answer.status == "TRAINING_COMPLETED" && answer.base == "6.1" && answer.seconds >= 1)
        #expect(answer.tags == ["lower": "x"])
        #expect(answer.isAutomatic && !answer.isValidated)
        #expect(answer.deletion == ["ResourceInUseException", "ResourceInUseException", answer.arn])
        let folder = "out/shop/first/"
        #expect(
            answer.names == [
                "training": folder + "training_output_manifest.json", "test": folder + "testing_output_manifest.json",
                "validation": folder + "training_manifest_with_validation.json",
                "summary": folder + "manifest_summary.json", "evaluation": folder + "evaluation_results.json",
                "description": "a first try",
            ])

        let evaluation = try JSONDecoder().decode(Evaluation.self, from: object("shop/first/evaluation_results.json"))
        #expect(evaluation.EvaluationDetails.ProjectVersionArn == answer.arn)
        #expect(evaluation.EvaluationDetails.NumberOfTestingImages == 12)
        #expect(evaluation.EvaluationDetails.NumberOfTrainingImages == 48)
        #expect(evaluation.AggregatedEvaluationResults.F1Score == answer.f1)
        #expect(evaluation.ContentModeration.InputConfidenceThresholdEvalResults.ConfidenceThreshold == 60)
        let test = try lines("shop/first/testing_output_manifest.json")
        let training = try lines("shop/first/training_output_manifest.json")
        #expect(test.count == 12 && training.count == 48)
        for key in ["detect-moderation-labels", "detect-moderation-labels-base-model"] {
            #expect(test.allSatisfy { $0[key] != nil } && training.allSatisfy { $0[key] == nil })
        }
        let sources = (test + training).compactMap { $0["source-ref"] as? String }
        #expect(Set(sources) == Set((0..<60).map { "s3://photos/images/\($0).png" }))
        // Every line is in order, so that what was given stands there as it was.
        #expect(
            try object("shop/first/training_manifest_with_validation.json")
                == Data(contentsOf: shop.project.root.appending(path: "s3/photos/train.jsonl")))

        let root = ["--root", shop.project.root.path]
        let listed = try Program.run(["adapter", "list", "shop", "--json"] + root, in: shop.project.root)
        #expect(listed.output.contains(answer.arn))
        let image = shop.project.root.appending(path: "s3/photos/images/3.png").path
        let detected = try Program.run(
            ["detect", image, "--adapter", "shop/first", "--min-confidence", "1"] + root, in: shop.project.root)
        #expect(
            try JSONSerialization.jsonObject(with: Data(detected.output.utf8)) as? NSDictionary
                == JSONSerialization.jsonObject(with: Data(answer.detection.utf8)) as? NSDictionary)
    }

    /// One line cannot be read, another says what a third one says, one has a label of its own: what is of use is used.
    @Test func wrongLinesAreLeftOutAndSaid() throws {
        var lines = (0..<40).map { AdapterServer.line($0) }
        lines[1] = lines[1].replacing("1.png", with: "gone.png")
        lines[2] = "{"
        lines[4] = AdapterServer.line(5)
        lines[7] = AdapterServer.line(7, labels: ["Gambling"])
        try shop.write("faulty.jsonl", lines)
        try shop.write("test.jsonl", (40..<60).map { AdapterServer.line($0) } + [AdapterServer.line(0)])
        struct Answer: Decodable { let status, message: String; let validation: String }
        let server = try shop.start()
        let answer: Answer = try AdapterServer.run(
            """
            project = create("shop")
            train(project, "own", "faulty.jsonl", "test.jsonl")
            version = wait(project, "own")[0]
            answer({"status": version["Status"], "message": version["StatusMessage"],
                    "validation": version["TestingDataResult"]["Validation"]["Assets"][0]["GroundTruthManifest"]["S3Object"]["Name"]})
            """, at: server)
        #expect(answer.status == "TRAINING_COMPLETED")
        #expect(answer.message.hasPrefix("Left to the base model: Gambling is present in 1"))
        #expect(answer.validation == "out/shop/own/testing_manifest_with_validation.json")
        struct Summary: Decodable {
            let statistics: [String: Statistics]
            struct Statistics: Decodable, Equatable {
                let total_json_lines, valid_json_lines, invalid_json_lines, ignored_json_lines: Int
                let error_json_line_indices: [Int]
            }
        }
        let summary = try JSONDecoder().decode(Summary.self, from: object("shop/own/manifest_summary.json"))
        // Line 1 is the test's last image, line 6 repeats line 5.
        #expect(
            summary.statistics["training"]
                == .init(
                    total_json_lines: 40, valid_json_lines: 36, invalid_json_lines: 2, ignored_json_lines: 2,
                    error_json_line_indices: [2, 3]))
        #expect(
            summary.statistics["testing"]
                == .init(
                    total_json_lines: 21, valid_json_lines: 21, invalid_json_lines: 0, ignored_json_lines: 0,
                    error_json_line_indices: []))
        let validation = try self.lines("shop/own/training_manifest_with_validation.json")
        let codes = validation.map { ($0["errors"] as? [[String: String]])?.first?["code"] }
        #expect(codes[0] == "WARNING_IMAGE_IN_TEST_MANIFEST" && codes[1] == "ERROR_INVALID_IMAGE")
        #expect(codes[2] == "ERROR_INVALID_JSON_LINE" && codes[5] == "WARNING_REPEATED_IMAGE")
        #expect(codes.count { $0 != nil } == 4)
        #expect(try self.lines("shop/own/training_output_manifest.json").count == 36)
        #expect(try self.lines("shop/own/testing_output_manifest.json").count == 21)
    }

    @Test func aFailureSaysWhy() throws {
        let line = { AdapterServer.line($0) }
        try shop.write("empty.jsonl", [])
        try shop.write("missing.jsonl", (50..<70).map(line))
        try shop.write("buckets.jsonl", (0..<9).map(line) + [line(9).replacing("s3://photos", with: "s3://results")])
        try shop.write("names.jsonl", (0..<9).map { AdapterServer.line($0, labels: ["Alcohl"]) })
        try shop.write("safe.jsonl", (0..<9).map { AdapterServer.line($0, labels: []) })
        try shop.write("few.jsonl", (1..<9).map { AdapterServer.line($0, labels: $0 == 1 ? ["Alcohol"] : []) })
        try shop.write("text.jsonl", ["{}"])
        struct Answer: Decodable { let status, message: String; let hasEvaluation, hasEnd: Bool; let summary: Bool }
        let server = try shop.start()
        let answers: [Answer] = try AdapterServer.run(
            """
            project = create("shop")
            cases = [("empty", None, "out"), ("missing", None, "out"), ("buckets", None, "out"), ("names", None, "out"),
                     ("safe", None, "out"), ("few", None, "out"), ("text", None, "out"), ("train", "train", "out"),
                     ("train", None, "../out")]
            names = []
            for index, (training, test, prefix) in enumerate(cases):
                names.append(f"v{index}")
                train(project, names[-1], training + ".jsonl", test + ".jsonl" if test else None,
                      OutputConfig={"S3Bucket": "results", "S3KeyPrefix": prefix})
            result = []
            for name in names:
                version = wait(project, name)[0]
                result.append({"status": version["Status"], "message": version["StatusMessage"], "summary": "ManifestSummary" in version,
                               "hasEvaluation": "EvaluationResult" in version, "hasEnd": "TrainingEndTimestamp" in version})
            answer(result)
            """, at: server)
        let expected = [
            "The manifest file is empty (training manifest)",
            "too many invalid rows: 10 of 20, the first is line 11: The image is invalid. Check S3 path and/or image "
                + "properties: there is no object s3://photos/images/60.png",
            "images from multiple S3 buckets: photos, results",
            "the first is line 1: `Alcohl` is not a label of taxonomy 6.1 (did you mean `Alcohol`?)",
            "no image to train on has a label",
            "not enough images for any label: Alcohol is present in",
            "The source-ref key is missing",
            "no image is left to train on",
            "Unable to write to output S3 bucket",
        ]
        for (answer, message) in zip(answers, expected) {
            #expect(answer.message.contains(message), "\(answer.message)")
            #expect(answer.status == "TRAINING_FAILED" && !answer.hasEvaluation && answer.hasEnd)
        }
        #expect(answers.map(\.summary) == [true, true, true, true, true, true, true, true, false])
    }

    @Test func whatCannotBeginIsRefusedAtOnce() throws {
        let server = try shop.start()
        struct Answer: Decodable {
            let codes: [String?]
            let limit, retry: [String?]
            let gone, names: [String]
            let again: String
        }
        let answer: Answer = try AdapterServer.run(
            """
            project = create("shop")
            def refused(**more):
                parameters = request(project, "v"); parameters.update(more)
                return code("create_project_version", **{k: v for k, v in parameters.items() if v is not None})
            photo = {"S3Object": {"Bucket": "photos", "Name": "train.jsonl", "Version": "1"}}
            codes = [
                refused(ProjectArn=project.replace("shop", "chop")),
                refused(TrainingData=manifest("gone.jsonl")), refused(TestingData=manifest("gone.jsonl")),
                refused(OutputConfig={"S3Bucket": "nowhere"}), refused(KmsKeyId="key"), refused(TestingData=None),
                refused(TrainingData=None), refused(TestingData=dict(manifest("train.jsonl"), AutoCreate=True)),
                refused(TestingData={"AutoCreate": False}), refused(TrainingData={"Assets": [{"GroundTruthManifest": photo}]}),
                refused(FeatureConfig={"ContentModeration": {"ConfidenceThreshold": 100}}),
                refused(Tags={"aws:x": "v"}),
                code("delete_project_version", ProjectVersionArn=project.replace("shop/", "shop/version/v/")),
                code("describe_project_versions", ProjectArn=project.replace("shop", "chop")),
                code("describe_project_versions", ProjectArn=project, NextToken="bm9uZQ")]
            first = train(project, "v")
            codes.append(refused())
            limit, open_ = [], []
            for index in range(60):
                limit.append(code("create_project_version", **request(project, f"more{index}")))
                if limit[-1]: break
            names = [v["ProjectVersionArn"].split("/")[3] for v in describe(project)]
            wait(project, "v")
            wait(project, *names[:1])
            gone = [client.delete_project_version(ProjectVersionArn=first)["Status"]] + [v["Status"] for v in describe(project, "v")]
            retry = [code("create_project_version", **request(project, "late"))]
            again = train(project, "v")
            wait(project, "v")
            answer({"codes": codes, "limit": limit[-1:], "retry": retry, "gone": gone, "names": names[-1:],
                    "again": describe(project, "v")[0]["Status"] if again != first else "the same"})
            """, at: server)
        let invalid = Array(repeating: "InvalidParameterException", count: 11)
        #expect(
            answer.codes == ["ResourceNotFoundException"] + invalid + [
                "ResourceNotFoundException", "ResourceNotFoundException", "InvalidPaginationTokenException",
                "ResourceInUseException",
            ])
        #expect(answer.limit == ["LimitExceededException"])
        #expect(answer.names == ["v"], "latest first")
        #expect(answer.gone == ["DELETING"] && answer.retry == [nil] && answer.again == "TRAINING_COMPLETED")
    }

    /// Of eight requests at once for one name, one is taken, and there is one version.
    @Test func requestsAtOnceForOneNameMakeOneVersion() throws {
        let server = try shop.start()
        struct Answer: Decodable { let codes: [String?]; let count: Int }
        let answer: Answer = try AdapterServer.run(
            """
            from concurrent.futures import ThreadPoolExecutor
            project = create("shop")
            with ThreadPoolExecutor(8) as pool:
                codes = list(pool.map(lambda _: code("create_project_version", **request(project, "v")), range(8)))
            answer({"codes": codes, "count": len(wait(project, "v"))})
            """, at: server)
        #expect(answer.codes.count { $0 == nil } == 1 && answer.count == 1)
        #expect(answer.codes.count { $0 == "ResourceInUseException" } == 7)
    }

    /// Pages of versions, adapters made by the command line among them, and their statuses.
    @Test func adaptersOfTheCommandLineAreVersions() throws {
        let server = try shop.start()
        let root = ["--root", shop.project.root.path]
        let first: String = try AdapterServer.run(
            """
            project = create("shop")
            arn = train(project, "api")
            wait(project, "api")
            answer(arn)
            """, at: server)
        let adapters = shop.project.root.appending(path: "Projects/shop/adapters")
        let description = try String(
            contentsOf: adapters.appending(path: "api/1/adapter.json"), encoding: .utf8)
        // Adapters as a person's own: of another project, which has no record yet.
        // Of another base model, a candidate is still one, and all else has expired.
        let digest = try #require(description.firstMatch(of: /"digest" : "([0-9a-f]{64})"/)).1
        let statuses = ["trained", "candidate", "deprecated", "trained", "candidate", "deprecated"]
        for (index, status) in statuses.enumerated() {
            let text = description.replacing("project/shop/", with: "project/own/").replacing(
                "\"project\" : \"shop\"", with: "\"project\" : \"own\""
            ).replacing("\"api\"", with: "\"made\"").replacing("version/api/", with: "version/made/").replacing(
                "\"number\" : 1", with: "\"number\" : \(index + 1)"
            ).replacing(
                digest, with: index < 3 ? String(digest) : String(repeating: "a", count: 64)
            ).replacing("\"status\" : \"trained\"", with: "\"status\" : \"\(status)\"")
            try shop.project.write("Projects/own/adapters/made/\(index + 1)/adapter.json", text)
        }
        let listed = try Program.run(["adapter", "list", "own"] + root, in: shop.project.root)
        #expect(listed.status == 0, "\(listed.talk)")
        struct Answer: Decodable {
            let statuses, messages, names, other: [String]
            let tagged: [String: String]
        }
        let answer: Answer = try AdapterServer.run(
            """
            own = client.describe_projects(Features=["CONTENT_MODERATION"], ProjectNames=["own"])["ProjectDescriptions"][0]["ProjectArn"]
            versions = describe(own)
            client.tag_resource(ResourceArn=versions[0]["ProjectVersionArn"], Tags={"a": "b"})
            answer({"statuses": sorted(v["Status"] for v in versions),
                    "messages": sorted({v.get("StatusMessage", "") for v in versions if v["Status"] != "DEPRECATED"}),
                    "names": [v["ProjectVersionArn"].split("/")[3] for v in versions],
                    "other": [v["Status"] for v in describe(own, "none")],
                    "tagged": client.list_tags_for_resource(ResourceArn=versions[0]["ProjectVersionArn"])["Tags"]})
            """, first, at: server)
        #expect(
            answer.statuses == ["DEPRECATED", "EXPIRED", "EXPIRED"]
                + [String](repeating: "TRAINING_COMPLETED", count: 3))
        #expect(
            answer.messages == [
                "", "A candidate of an update, not yet in use",
                "It was trained on base model tiny (aaaaaaaaaaaa), and this server answers with tiny (\(digest.prefix(12))); "
                    + "`moderato update` trains it on that one",
            ])
        #expect(answer.names == [String](repeating: "made", count: 6))
        #expect(answer.other == [] && answer.tagged == ["a": "b"])
    }
}
