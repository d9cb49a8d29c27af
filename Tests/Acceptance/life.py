"""The whole life of an adapter with boto3, as a user writes it. Input: url, buckets, images, more.dataset."""

import pathlib

import botocore.exceptions

import service
import stickers

client = service.client(input["url"])
buckets = pathlib.Path(input["buckets"])
bucket = buckets / "training-data"
images = stickers.fill(pathlib.Path(input["more"]["dataset"]), bucket, 40)
training = stickers.manifest(bucket, "train.jsonl", images[0::2])
testing = stickers.manifest(bucket, "test.jsonl", images[1::2])
output = {"S3Bucket": "training-data", "S3KeyPrefix": "results"}

# A project, found again among others with a paginator.
project = client.create_project(
    ProjectName="marketplace", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED", Tags={"team": "trust"})["ProjectArn"]
others = [client.create_project(ProjectName=f"other-{index}", Feature="CONTENT_MODERATION", AutoUpdate="ENABLED")[
    "ProjectArn"] for index in range(4)]
pages = list(client.get_paginator("describe_projects").paginate(
    Features=["CONTENT_MODERATION"], PaginationConfig={"PageSize": 2}))
assert [len(page["ProjectDescriptions"]) for page in pages] == [2, 2, 1]
found = [description for page in pages for description in page["ProjectDescriptions"]]
assert sorted(description["ProjectArn"] for description in found) == sorted([project, *others])
own = client.describe_projects(ProjectNames=["marketplace"], Features=["CONTENT_MODERATION"])["ProjectDescriptions"]
assert len(own) == 1 and own[0]["Status"] == "CREATED" and own[0]["AutoUpdate"] == "DISABLED", own

# Two adapters: one tested on images of its own, one on images held out.
version = client.create_project_version(
    ProjectArn=project, VersionName="v1", VersionDescription="drawn drinks", OutputConfig=output, TrainingData=training,
    TestingData=testing, FeatureConfig={"ContentModeration": {"ConfidenceThreshold": 60}}, Tags={"stage": "test"},
)["ProjectVersionArn"]
second = client.create_project_version(
    ProjectArn=project, VersionName="v2", OutputConfig=output, TrainingData=training, TestingData={"AutoCreate": True},
)["ProjectVersionArn"]
waiter = client.get_waiter("project_version_training_completed")
waiter.wait(ProjectArn=project, VersionNames=["v1", "v2"], WaiterConfig={"Delay": 1, "MaxAttempts": 600})
versions = [description for page in client.get_paginator("describe_project_versions").paginate(
    ProjectArn=project, PaginationConfig={"PageSize": 1}) for description in page["ProjectVersionDescriptions"]]
assert [description["ProjectVersionArn"] for description in versions] == [second, version], versions
first = versions[1]
assert first["Status"] == "TRAINING_COMPLETED" and first["VersionDescription"] == "drawn drinks"
assert first["FeatureConfig"] == {"ContentModeration": {"ConfidenceThreshold": 60.0}}
assert first["Feature"] == "CONTENT_MODERATION" and first["OutputConfig"] == output
assert first["CreationTimestamp"] <= first["TrainingEndTimestamp"]

# What the training wrote.
def lines(result, part):
    return [json.loads(line) for line in stickers.read(
        buckets, first[result][part]["Assets"][0]["GroundTruthManifest"]).splitlines()]

trained, tested = lines("TrainingDataResult", "Output"), lines("TestingDataResult", "Output")
assert {line["source-ref"] for line in trained} == {f"s3://training-data/{key}" for key, _ in images[0::2]}
assert [line["source-ref"] for line in tested] == [f"s3://training-data/{key}" for key, _ in images[1::2]]
assert all(set(line) == {"source-ref", "content-moderation-groundtruth"} for line in trained)
results = json.loads(stickers.read(buckets, first["EvaluationResult"]["Summary"]))
at_input = results["ContentModeration"]["InputConfidenceThresholdEvalResults"]
assert at_input["ConfidenceThreshold"] == 60 and len(results["ContentModeration"]["AllConfidenceThresholdsEvalResults"]) == 20
assert results["EvaluationDetails"]["ProjectVersionArn"] == version
counts = at_input["AggregatedEvaluationResults"]
for model in ("BaseModel", "Adapter"):
    assert sum(counts[model].values()) == len(tested) * len(results["EvaluationDetails"]["Labels"]), counts

# Detection with and without the adapter, of bytes and of an object: one answer each, and the manifests' numbers.
def detect(image, **more):
    response = client.detect_moderation_labels(Image=image, MinConfidence=5, **more)
    del response["ResponseMetadata"]
    return response

def is_same(manifest, response):
    """Manifests have the labels that were trained alone, at the top level; 32-bit percents have seven digits."""
    listed = {label["Name"]: label["Confidence"] for label in manifest["ModerationLabels"]}
    detected = {label["Name"]: label["Confidence"] for label in response["ModerationLabels"] if not label["ParentName"]}
    return set(listed) == set(detected) & {stickers.LABEL} and all(
        abs(listed[name] - detected[name]) <= 1e-5 for name in listed)


compared, changed = [], False
for line in tested[:10]:
    key = line["source-ref"].removeprefix("s3://training-data/")
    bytes_, object_ = {"Bytes": (bucket / key).read_bytes()}, {"S3Object": {"Bucket": "training-data", "Name": key}}
    base, adapted = detect(bytes_), detect(bytes_, ProjectVersion=version)
    assert base == detect(object_) and adapted == detect(object_, ProjectVersion=version)
    assert "ProjectVersion" not in base and adapted["ProjectVersion"] == version
    assert is_same(line["detect-moderation-labels-base-model"], base), (line, base)
    assert is_same(line["detect-moderation-labels"], adapted), (line, adapted)
    changed = changed or base["ModerationLabels"] != adapted["ModerationLabels"]
    all_labels = client.detect_moderation_labels(Image=bytes_, MinConfidence=1)
    compared.append({"image": str(bucket / key), "base": all_labels})
assert changed

# A bulk job with the adapter.
(bucket / "bulk.jsonl").write_text("".join(
    json.dumps({"source-ref": f"s3://training-data/{key}"}) + "\n" for key, _ in images))
job = client.start_media_analysis_job(
    JobName="bulk", OperationsConfig={"DetectModerationLabels": {"MinConfidence": 5, "ProjectVersion": version}},
    Input={"S3Object": {"Bucket": "training-data", "Name": "bulk.jsonl"}}, OutputConfig=output)["JobId"]
job = service.ended(client, job)
assert job["Status"] == "SUCCEEDED", job
bulk = {line["source-ref"]: line["detect-moderation-labels"] for line in map(
    json.loads, stickers.read(buckets, job["Results"]).splitlines())}
assert len(bulk) == len(images)
for line in tested[:10]:
    answer_ = detect({"S3Object": {"Bucket": "training-data", "Name": line["source-ref"].split("/", 3)[3]}}, ProjectVersion=version)
    assert bulk[line["source-ref"]] == answer_ and answer_["ProjectVersion"] == version
assert client.list_media_analysis_jobs()["MediaAnalysisJobs"][0]["JobId"] == job["JobId"]

# Tags.
assert client.list_tags_for_resource(ResourceArn=version)["Tags"] == {"stage": "test"}
client.tag_resource(ResourceArn=version, Tags={"stage": "live", "owner": "ü"})
client.untag_resource(ResourceArn=version, TagKeys=["owner", "nothing"])
assert client.list_tags_for_resource(ResourceArn=version)["Tags"] == {"stage": "live"}
assert client.list_tags_for_resource(ResourceArn=project)["Tags"] == {"team": "trust"}

# A training that fails says so, and its waiter ends.
failing = client.create_project_version(
    ProjectArn=others[0], VersionName="none", OutputConfig=output,
    TrainingData=stickers.manifest(bucket, "few.jsonl", images[:3]), TestingData={"AutoCreate": True})
try:
    waiter.wait(ProjectArn=others[0], VersionNames=["none"], WaiterConfig={"Delay": 1, "MaxAttempts": 600})
    raise AssertionError("a training of three images completed")
except botocore.exceptions.WaiterError as error:
    description = error.last_response["ProjectVersionDescriptions"][0]
    assert description["Status"] == "TRAINING_FAILED" and description["StatusMessage"], description

# The end: an adapter at a time, then the project.
assert service.refusal(client.delete_project, ProjectArn=project)[0] == "ResourceInUseException"
# A job whose adapter goes while it works fails, and says so.
long = [json.dumps({"source-ref": f"s3://training-data/{images[0][0]}"}) + "\n"] * 10_000
(bucket / "long.jsonl").write_text("".join(long))
orphan = client.start_media_analysis_job(
    OperationsConfig={"DetectModerationLabels": {"ProjectVersion": second}},
    Input={"S3Object": {"Bucket": "training-data", "Name": "long.jsonl"}}, OutputConfig=output)["JobId"]
for arn in (version, second, failing["ProjectVersionArn"]):
    assert client.delete_project_version(ProjectVersionArn=arn)["Status"] == "DELETING"
orphan = service.ended(client, orphan)
assert orphan["Status"] == "FAILED" and orphan["FailureDetails"]["Code"] == "RESOURCE_NOT_FOUND", orphan
assert "Results" not in orphan
for arn in (project, *others):
    service.wait(lambda: not client.describe_project_versions(ProjectArn=arn)["ProjectVersionDescriptions"])
    assert client.delete_project(ProjectArn=arn)["Status"] == "DELETING"
assert service.wait(lambda: not client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"])
image = {"S3Object": {"Bucket": "training-data", "Name": images[0][0]}}
assert service.refusal(client.detect_moderation_labels, Image=image, ProjectVersion=version)[0] == "ResourceNotFoundException"

assert service.answered == {
    "DetectModerationLabels", "CreateProject", "DescribeProjects", "DeleteProject", "CreateProjectVersion",
    "DescribeProjectVersions", "DeleteProjectVersion", "StartMediaAnalysisJob", "GetMediaAnalysisJob",
    "ListMediaAnalysisJobs", "TagResource", "UntagResource", "ListTagsForResource"}, service.answered
answer({"compared": compared[:3], "status_message": description["StatusMessage"], "f1": first["EvaluationResult"]["F1Score"]})
