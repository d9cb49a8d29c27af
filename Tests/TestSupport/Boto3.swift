/// boto3, the client that everybody has, at a server under test.
public enum Boto3 {
    private struct Input<Value: Encodable>: Encodable {
        let x: Value
        let address: String
        let accessKey: String
        let secretKey: String
    }

    /// Runs `script`, whose `client` is one of S3 and whose `input["x"]` is `value`.
    public static func run<Answer: Decodable>(
        _ script: String, _ value: some Encodable = [String](), at server: PythonServer,
        as type: Answer.Type = Answer.self
    ) throws -> Answer {
        let input = Input(
            x: value, address: server.address, accessKey: PythonServer.accessKey, secretKey: PythonServer.secretKey)
        return try Oracle.run(client("s3") + script, input: input, as: type)
    }

    /// Runs `script`, whose `client` is one of Rekognition that asks once, and whose `input["x"]` is `value`.
    public static func run<Answer: Decodable>(
        _ script: String, _ value: some Encodable = [String](), at server: RunningServer,
        as type: Answer.Type = Answer.self
    ) throws -> Answer {
        let input = Input(x: value, address: server.url, accessKey: "any", secretKey: "any")
        // A fault that another try would hide is to show.
        let once = ", config=Config(retries={\"total_max_attempts\": 1})"
        return try Oracle.run(client("rekognition", once) + script, input: input, as: type)
    }

    private static func client(_ service: String, _ more: String = "") -> String {
        """
        import boto3
        from botocore.config import Config
        client = boto3.client("\(service)", endpoint_url=input["address"], region_name="us-east-1",
                              aws_access_key_id=input["accessKey"], aws_secret_access_key=input["secretKey"]\(more))

        """
    }
}
