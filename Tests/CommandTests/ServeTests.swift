import Foundation
import TestSupport
import Testing

/// `moderato serve` as its clients see it: boto3 on the shipped base model.
@Suite struct ServeTests {
    @Test func detectionsAreThoseOfTheCommandLine() throws {
        let image = "Datasets/stickers/images/pictograms/material-thumb-up-tile.png"
        let server = try RunningServer([], in: Oracle.projectRoot)
        let answer: String = try Oracle.run(
            """
            import boto3
            client = boto3.client("rekognition", endpoint_url=input[0], region_name="us-east-1",
                                  aws_access_key_id="any", aws_secret_access_key="any")
            response = client.detect_moderation_labels(Image={"Bytes": open(input[1], "rb").read()}, MinConfidence=1)
            del response["ResponseMetadata"]
            answer(json.dumps(response, sort_keys=True))
            """, input: [server.url, Oracle.projectRoot.appending(path: image).path])
        let own = try Program.run(["detect", image, "--min-confidence", "1"], in: Oracle.projectRoot)
        let command = try JSONDecoder().decode(Response.self, from: Data(own.output.utf8))
        #expect(try JSONDecoder().decode(Response.self, from: Data(answer.utf8)) == command)
        #expect(!command.ModerationLabels.isEmpty)
    }

    private struct Response: Decodable, Equatable {
        let ModerationLabels: [Label]
        let ModerationModelVersion: String
        let ProjectVersion: String?

        struct Label: Decodable, Equatable {
            let Confidence: Double
            let Name: String
            let ParentName: String
        }
    }
}
