/// botocore's model of Amazon Rekognition, which the AWS CLI and boto3 are made from.
enum ServiceModel {
    /// Python that reads it: `model`, and its `shapes` by name.
    static let reading = """
        import gzip, os, botocore
        folder = os.path.join(os.path.dirname(botocore.__file__), "data/rekognition/2016-06-27")
        model = json.load(gzip.open(os.path.join(folder, "service-2.json.gz")))
        shapes = model["shapes"]

        """
}
