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
        let prelude = """
            import boto3
            client = boto3.client("s3", endpoint_url=input["address"], region_name="us-east-1",
                                  aws_access_key_id=input["accessKey"], aws_secret_access_key=input["secretKey"])

            """
        let input = Input(
            x: value, address: server.address, accessKey: PythonServer.accessKey, secretKey: PythonServer.secretKey)
        return try Oracle.run(prelude + script, input: input, as: type)
    }
}
