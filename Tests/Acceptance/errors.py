"""Every exception that the service model has for the operations that are offered, once; or why it is never given.

An exception that botocore adds, and one that is in both lists or in none, fails. Input: url, buckets, images, more.dataset."""

import os
import pathlib

import service
import shapes
import stickers

client = service.client(input["url"])
buckets = pathlib.Path(input["buckets"])
photos = buckets / "photos"
bucket = buckets / "training-data"
bucket.mkdir()
images = stickers.fill(pathlib.Path(input["more"]["dataset"]), bucket, 40)
training = stickers.manifest(bucket, "train.jsonl", images)

OFFERED = [
    "DetectModerationLabels", "CreateProject", "DescribeProjects", "DeleteProject", "CreateProjectVersion",
    "DescribeProjectVersions", "DeleteProjectVersion", "StartMediaAnalysisJob", "GetMediaAnalysisJob",
    "ListMediaAnalysisJobs", "TagResource", "UntagResource", "ListTagsForResource"]

# What this server never answers with, or not where its state can be arranged from outside.
NEVER = {
    "InternalServerError": "a fault of the server itself: what a client or its data cause has names of its own",
    "ThrottlingException": "given when queues are full: Tests/ServiceTests holds the queues, and no client can tell when",
    "ProvisionedThroughputExceededException": "given above an account's requests_per_second in the credentials file: docs/accounts.md",
}
NEVER_OF = {
    ("DetectModerationLabels", "HumanLoopQuotaExceededException"): "no human review is offered: InvalidParameterException",
    ("CreateProjectVersion", "ServiceQuotaExceededException"): "more than 200 tags are an InvalidParameterException",
}
# An account may do all that the server offers; only its storage refuses.
for operation in OFFERED:
    if operation not in ("DetectModerationLabels", "CreateProjectVersion", "StartMediaAnalysisJob"):
        NEVER_OF[operation, "AccessDeniedException"] = "there are no policies: an account may do all with what is its own"

project_arn = "arn:aws:rekognition:local:000000000000:project/{}/1700000000000".format
version_arn = "arn:aws:rekognition:local:000000000000:project/{}/version/v/1700000000000".format
manifest = {"S3Object": {"Bucket": "photos", "Name": "one.jsonl"}}
photos.joinpath("one.jsonl").write_text(json.dumps({"source-ref": f"s3://photos/{input['images'][0]}"}))
photos.joinpath("empty.jsonl").write_text("")
photos.joinpath("broken.png").write_bytes(b"no image")
with photos.joinpath("large.png").open("wb") as file:
    file.truncate(15 * 1024 * 1024 + 1)
# A link that leads out of the bucket: the storage refuses it.
os.symlink("/etc/hostname", photos / "outside.png")
os.symlink("/etc/hostname", photos / "outside.jsonl")


def project(name):
    return client.create_project(ProjectName=name, Feature="CONTENT_MODERATION", AutoUpdate="DISABLED")["ProjectArn"]


def version(project, name, **change):
    parameters = {
        "ProjectArn": project, "VersionName": name, "OutputConfig": {"S3Bucket": "training-data", "S3KeyPrefix": "out"},
        "TrainingData": training, "TestingData": {"AutoCreate": True}, **change}
    return client.create_project_version(**parameters)["ProjectVersionArn"]


def job(**change):
    parameters = {
        "OperationsConfig": {"DetectModerationLabels": {}}, "Input": manifest, "OutputConfig": {"S3Bucket": "photos"},
        **change}
    return client.start_media_analysis_job(**parameters)["JobId"]


def object_(name, bucket="photos"):
    return {"S3Object": {"Bucket": bucket, "Name": name}}


def with_adapter(arn):
    return {"DetectModerationLabels": {"ProjectVersion": arn}}


def detect(image=object_(input["images"][0]), **more):
    return client.detect_moderation_labels(Image=image, **more)


def asset(name):
    return {"Assets": [{"GroundTruthManifest": object_(name)}]}


home = project("home")


def training_now():
    """An adapter whose training has not ended: others before it are to be trained first."""
    for index in range(40):
        try:
            version(home, f"busy-{index}")
        except client.exceptions.LimitExceededException:
            return
    raise AssertionError("forty trainings ended in no time")


def busy():
    for description in client.describe_project_versions(ProjectArn=home)["ProjectVersionDescriptions"]:
        if description["Status"] == "TRAINING_IN_PROGRESS":
            return description["ProjectVersionArn"]
    raise AssertionError("no training is left")


def fill_projects():
    for index in range(101):
        project(f"p{index}")


def fill_jobs():
    line = json.dumps({"source-ref": f"s3://photos/{input['images'][0]}"}) + "\n"
    photos.joinpath("long.jsonl").write_text(line * 10_000)
    for _ in range(21):
        job(Input=object_("long.jsonl"))


def mismatch():
    job(ClientRequestToken="t")
    job(ClientRequestToken="t", JobName="other")


def tag_much():
    for half in range(3):
        client.tag_resource(ResourceArn=home, Tags={f"k{half}-{index}": "" for index in range(100)})


unknown, unknown_version = project_arn("none"), version_arn("none")
PROVOKED = {
    "DetectModerationLabels": {
        "InvalidS3ObjectException": lambda: detect(object_("none.png")),
        "InvalidParameterException": lambda: detect(MinConfidence=100.5),
        "ImageTooLargeException": lambda: detect(object_("large.png")),
        "AccessDeniedException": lambda: detect(object_("outside.png")),
        "InvalidImageFormatException": lambda: detect(object_("broken.png")),
        "ResourceNotFoundException": lambda: detect(ProjectVersion=unknown_version),
        "ResourceNotReadyException": lambda: detect(ProjectVersion=busy()),
    },
    "CreateProject": {
        "ResourceInUseException": lambda: project("home"),
        "InvalidParameterException": lambda: project("a b"),
        "LimitExceededException": fill_projects,
    },
    "DescribeProjects": {
        "InvalidPaginationTokenException": lambda: client.describe_projects(NextToken="forged"),
        "InvalidParameterException": lambda: client.describe_projects(MaxResults=101),
    },
    "DeleteProject": {
        "ResourceInUseException": lambda: client.delete_project(ProjectArn=home),
        "ResourceNotFoundException": lambda: client.delete_project(ProjectArn=unknown),
        "InvalidParameterException": lambda: client.delete_project(ProjectArn="no ARN, but of a length"),
    },
    "CreateProjectVersion": {
        "ResourceInUseException": lambda: version(home, "busy-0"),
        "ResourceNotFoundException": lambda: version(unknown, "v"),
        "LimitExceededException": lambda: [version(home, f"more-{index}") for index in range(20)],
        "InvalidParameterException": lambda: version(home, "v", KmsKeyId="alias/key"),
        "AccessDeniedException": lambda: version(home, "v", TrainingData=asset("outside.jsonl")),
    },
    "DescribeProjectVersions": {
        "ResourceNotFoundException": lambda: client.describe_project_versions(ProjectArn=unknown),
        "InvalidPaginationTokenException": lambda: client.describe_project_versions(ProjectArn=home, NextToken="forged"),
        "InvalidParameterException": lambda: client.describe_project_versions(ProjectArn=home, MaxResults=101),
    },
    "DeleteProjectVersion": {
        "ResourceNotFoundException": lambda: client.delete_project_version(ProjectVersionArn=unknown_version),
        "ResourceInUseException": lambda: client.delete_project_version(ProjectVersionArn=busy()),
        "InvalidParameterException": lambda: client.delete_project_version(ProjectVersionArn=home),
    },
    "StartMediaAnalysisJob": {
        "AccessDeniedException": lambda: job(Input=object_("outside.jsonl")),
        "InvalidParameterException": lambda: job(KmsKeyId="alias/key"),
        "InvalidManifestException": lambda: job(Input=object_("empty.jsonl")),
        "InvalidS3ObjectException": lambda: job(Input=object_("none.jsonl")),
        "ResourceNotFoundException": lambda: job(OperationsConfig=with_adapter(unknown_version)),
        "ResourceNotReadyException": lambda: job(OperationsConfig=with_adapter(busy())),
        "IdempotentParameterMismatchException": mismatch,
        "LimitExceededException": fill_jobs,
    },
    "GetMediaAnalysisJob": {
        "ResourceNotFoundException": lambda: client.get_media_analysis_job(JobId="none"),
        "InvalidParameterException": lambda: client.get_media_analysis_job(JobId="../x"),
    },
    "ListMediaAnalysisJobs": {
        "InvalidParameterException": lambda: client.list_media_analysis_jobs(MaxResults=101),
        "InvalidPaginationTokenException": lambda: client.list_media_analysis_jobs(NextToken="forged"),
    },
    "TagResource": {
        "ResourceNotFoundException": lambda: client.tag_resource(ResourceArn=unknown, Tags={"a": "b"}),
        "InvalidParameterException": lambda: client.tag_resource(ResourceArn=home, Tags={"aws:a": "b"}),
        "ServiceQuotaExceededException": tag_much,
    },
    "UntagResource": {
        "ResourceNotFoundException": lambda: client.untag_resource(ResourceArn=unknown, TagKeys=["a"]),
        "InvalidParameterException": lambda: client.untag_resource(ResourceArn=home, TagKeys=["aws:a"]),
    },
    "ListTagsForResource": {
        "ResourceNotFoundException": lambda: client.list_tags_for_resource(ResourceArn=unknown),
        "InvalidParameterException": lambda: client.list_tags_for_resource(ResourceArn="a" * 2049),
    },
}

wrong = []
for operation in OFFERED:
    for error in sorted(shape.name for shape in shapes.MODEL.operation_model(operation).error_shapes):
        places = [error in PROVOKED[operation], error in NEVER or (operation, error) in NEVER_OF]
        if places.count(True) != 1:
            wrong.append(f"{operation}: {error} is in {places.count(True)} of the two lists")
    for error in PROVOKED[operation]:
        if error not in {shape.name for shape in shapes.MODEL.operation_model(operation).error_shapes}:
            wrong.append(f"{operation}: {error} is not in the model")

# Those that need a training that goes on come first, while there is one; those that fill the account come last.
LAST = {("CreateProject", "LimitExceededException"), ("StartMediaAnalysisJob", "LimitExceededException")}
training_now()
cases = [(operation, error) for operation in OFFERED for error in PROVOKED[operation]]
first = {"ResourceNotReadyException", "ResourceInUseException", "LimitExceededException"}
cases.sort(key=lambda case: (case in LAST, case[1] not in first))
messages = {}
for operation, error in cases:
    try:
        name, message = service.refusal(PROVOKED[operation][error])
    except AssertionError as fault:
        name, message = f"no refusal ({fault})", ""
    messages[f"{operation} {error}"] = message
    if name != error:
        wrong.append(f"{operation}: {name} instead of {error}: {message}")
assert not wrong, "\n".join(wrong)

# What is for Custom Labels alone is refused with an exception of its model, and what is unknown with AWS's name for that.
custom = {
    "DetectCustomLabels": {"ProjectVersionArn": version_arn("home"), "Image": {"S3Object": object_("a")["S3Object"]}},
    "StartProjectVersion": {"ProjectVersionArn": version_arn("home"), "MinInferenceUnits": 1},
    "StopProjectVersion": {"ProjectVersionArn": version_arn("home")},
    "CreateDataset": {"ProjectArn": home, "DatasetType": "TRAIN"},
    "ListProjectPolicies": {"ProjectArn": home},
}
for operation, body in custom.items():
    status, answered = service.raw(input["url"], operation, json.dumps(body).encode())
    assert status == 400 and not shapes.error_faults(operation, status, answered), (operation, answered)
# Members that the model does not have are ignored; what is no JSON object is not.
assert service.raw(input["url"], "DescribeProjects", b'{"Future": {"a": [1]}}')[0] == 200
assert service.raw(input["url"], "DescribeProjects", b"[1]")[0] == 400
status, answered = service.raw(input["url"], "DetectFaces", b"{}")
assert status == 404 and json.loads(answered)["__type"] == "UnknownOperationException", answered

# The checker itself: it finds each of eight faults.
bad = {
    "JobId": "a b", "Status": "DONE", "CreationTimestamp": 1700000000000, "Input": {"S3Object": {"Bucket": "b"}},
    "Extra": 1, "JobName": None, "OperationsConfig": {"DetectModerationLabels": {"MinConfidence": 101}}}
assert len(shapes.faults("GetMediaAnalysisJob", json.dumps(bad).encode())) == 8, shapes.faults(
    "GetMediaAnalysisJob", json.dumps(bad).encode())
assert len(shapes.error_faults("GetMediaAnalysisJob", 500, b'{"__type": "InvalidManifestException"}')) == 2
answer(messages)
