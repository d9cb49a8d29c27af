import Foundation
import TestSupport
import Testing

/// An adapter that a server trains on shipped images, with the shipped base model.
@Suite struct ServedQualityTests {
    private struct Counts: Decodable {
        let TruePositive, TrueNegative, FalsePositive, FalseNegative: Int
        var errors: Int { FalsePositive + FalseNegative }
    }

    /// On 60 stickers with alcohol and 60 that look like it, the adapter makes fewer errors on the images held out than
    /// the base model.
    @Test func theAdapterMakesFewerErrorsThanTheBaseModel() throws {
        let project = try TemporaryProject.sharingWithThisOne()
        let server = try RunningServer(
            ["--data", project.root.path, "--root", Oracle.projectRoot.path], in: project.root)
        struct Answer: Decodable { let BaseModel, Adapter: Counts }
        let answer: Answer = try AdapterServer.run(
            """
            import os, shutil
            root, data = input["x"]
            records = [json.loads(line) for line in open(f"{root}/Datasets/stickers/manifest.jsonl")]
            alcohol = [r for r in records if any(p.startswith("Alcohol") for p in r["present"])][:60]
            similar = [r for r in records if any(t.startswith("look-alike:Alcohol") for t in r.get("tags", []))][:60]
            os.makedirs(f"{data}/s3/photos"); os.makedirs(f"{data}/s3/results")
            with open(f"{data}/s3/photos/train.jsonl", "w") as file:
                for record in alcohol + similar:
                    target = f"{data}/s3/photos/{record['image']}"
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    shutil.copy(f"{root}/Datasets/stickers/{record['image']}", target)
                    labels = [{"Name": name} for name in sorted({p.split("/")[0] for p in record["present"]})]
                    file.write(json.dumps({"source-ref": f"s3://photos/{record['image']}",
                                           "content-moderation-groundtruth": {"ModerationLabels": labels}}) + "\\n")
            shop = create("shop")
            train(shop, "alcohol")
            place = wait(shop, "alcohol")[0]["EvaluationResult"]["Summary"]["S3Object"]
            results = json.load(open(f"{data}/s3/{place['Bucket']}/{place['Name']}"))
            answer(results["ContentModeration"]["InputConfidenceThresholdEvalResults"]["AggregatedEvaluationResults"])
            """, [Oracle.projectRoot.path, project.root.path], at: server)
        #expect(answer.Adapter.errors < answer.BaseModel.errors)
    }
}
