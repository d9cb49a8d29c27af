"""Bulk jobs as a boto3 user meets them. Input: url, buckets (a folder with the bucket `photos`), images (their names)."""

import concurrent.futures
import pathlib

import service

client = service.client(input["url"])
photos = pathlib.Path(input["buckets"], "photos")
names = input["images"]
WEAK = {"DetectModerationLabels": {"MinConfidence": 1}}


def manifest(name, lines):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    photos.joinpath(name).write_text(text)
    return {"S3Object": {"Bucket": "photos", "Name": name}}


def source(name):
    return {"source-ref": f"s3://photos/{name}"}


def start(lines, config=WEAK, output={"S3Bucket": "photos", "S3KeyPrefix": "out/"}, **more):
    return client.start_media_analysis_job(
        OperationsConfig=config, Input=manifest("manifest.jsonl", lines), OutputConfig=output, **more)["JobId"]


def read(reference):
    return pathlib.Path(input["buckets"], reference["S3Object"]["Bucket"], reference["S3Object"]["Name"]).read_text()


# Each line of the results is what the operation answers for the image; lines come in the manifest's order, twice where
# they stand there twice, and what has no result is in the summary.
photos.joinpath("broken.png").write_bytes(b"no image")
lines = [source(name) for name in names] + [
    "{not json", source(names[0]), {"other": 1}, source("missing.png"), "", source("broken.png"),
    {"source-ref": "http://photos/a.png"}, {"source-ref": "s3://photos"}, "[]"]
job = service.ended(client, start(lines, JobName="first.job"))
assert job["Status"] == "SUCCEEDED" and "FailureDetails" not in job, job
assert job["JobName"] == "first.job" and job["OperationsConfig"] == WEAK
assert job["CreationTimestamp"] <= job["CompletionTimestamp"]
assert job["Results"]["S3Object"] == {"Bucket": "photos", "Name": f"out/{job['JobId']}/results.jsonl"}
assert job["ManifestSummary"]["S3Object"] == {"Bucket": "photos", "Name": f"out/{job['JobId']}/manifest-summary.json"}
results = [json.loads(line) for line in read(job["Results"]).splitlines()]
assert [result["source-ref"] for result in results] == [f"s3://photos/{name}" for name in names + names[:1]]
versions = set()
for result in results:
    name = result["source-ref"].removeprefix("s3://photos/")
    answer_ = client.detect_moderation_labels(Image={"S3Object": {"Bucket": "photos", "Name": name}}, MinConfidence=1)
    del answer_["ResponseMetadata"]
    assert result == {"source-ref": f"s3://photos/{name}", "detect-moderation-labels": answer_}
    versions.add(answer_["ModerationModelVersion"])
assert versions == {job["Results"]["ModelVersions"]["Moderation"]}
assert any(result["detect-moderation-labels"]["ModerationLabels"] for result in results)
summary = json.loads(read(job["ManifestSummary"]))
count = len(names)
assert summary["statistics"] == {
    "total-json-lines": count + 8, "valid-json-lines": count + 1, "invalid-json-lines": 7}, summary
assert summary["version"] == "1.0"
assert [(error["line-number"] - count, error["code"], error.get("source-ref")) for error in summary["errors"]] == [
    (1, "ERROR_INVALID_JSON_LINE", None), (3, "ERROR_MISSING_SOURCE_REF", None),
    (4, "ERROR_INVALID_IMAGE", "s3://photos/missing.png"), (6, "ERROR_INVALID_IMAGE", "s3://photos/broken.png"),
    (7, "ERROR_INVALID_SOURCE_REF_FORMAT", "http://photos/a.png"),
    (8, "ERROR_INVALID_SOURCE_REF_FORMAT", "s3://photos"), (9, "ERROR_INVALID_JSON_LINE", None)], summary
assert all(error["line-numer"] == error["line-number"] and error["message"] for error in summary["errors"])

# Without MinConfidence it is 50, as in the operation; without a prefix the folder is the job's id.
job = service.ended(client, start([source(name) for name in names], {"DetectModerationLabels": {}}, {"S3Bucket": "photos"}))
assert job["Results"]["S3Object"]["Name"] == f"{job['JobId']}/results.jsonl"
for line in read(job["Results"]).splitlines():
    labels = json.loads(line)["detect-moderation-labels"]["ModerationLabels"]
    assert all(label["Confidence"] >= 50 for label in labels)

# Where no line has a result, the job failed, and the summary says why.
for lines, code in [(["{"], "INVALID_MANIFEST"), (["{", source("missing.png")], "INVALID_S3_OBJECT")]:
    job = service.ended(client, start(lines))
    assert job["Status"] == "FAILED" and job["FailureDetails"]["Code"] == code and "Results" not in job, job
    assert json.loads(read(job["ManifestSummary"]))["statistics"]["valid-json-lines"] == 0

# A bucket for the results that goes while the job works.
vanishing = pathlib.Path(input["buckets"], "vanishing")
vanishing.mkdir()
job = start([source(names[0])] * 400, output={"S3Bucket": "vanishing"})
vanishing.rmdir()
job = service.ended(client, job)
assert job["Status"] == "FAILED" and job["FailureDetails"]["Code"] == "INVALID_OUTPUT_CONFIG", job

# The same token starts one job, whoever is first; with other parameters it is refused.
with concurrent.futures.ThreadPoolExecutor(16) as pool:
    lines = [source(names[0])]
    place = manifest("tokens.jsonl", lines)
    output = {"S3Bucket": "photos", "S3KeyPrefix": "tokens"}
    same = {"OperationsConfig": WEAK, "Input": place, "OutputConfig": output, "ClientRequestToken": "token-1"}
    ids = list(pool.map(lambda _: client.start_media_analysis_job(**same)["JobId"], range(16)))
assert len(set(ids)) == 1, ids
for other in [{"JobName": "n"}, {"OperationsConfig": {"DetectModerationLabels": {"MinConfidence": 2}}},
              {"OutputConfig": {"S3Bucket": "photos"}}]:
    assert service.refusal(client.start_media_analysis_job, **{**same, **other}) == (
        "IdempotentParameterMismatchException", "The ClientRequestToken: token-1 you have supplied is already in use.")
# Also when the manifest is gone: nothing is read for a job that was started before.
photos.joinpath("tokens.jsonl").unlink()
assert client.start_media_analysis_job(**same)["JobId"] == ids[0]
assert start(lines) != start(lines)

# What is refused at once.
def refused(lines=None, **change):
    place = manifest("refused.jsonl", lines if lines is not None else [source(names[0])])
    parameters = {"OperationsConfig": WEAK, "Input": place, "OutputConfig": {"S3Bucket": "photos"}}
    return service.refusal(client.start_media_analysis_job, **{**parameters, **change})

assert refused(Input={"S3Object": {"Bucket": "photos", "Name": "none.jsonl"}})[0] == "InvalidS3ObjectException"
assert refused(Input={"S3Object": {"Bucket": "nobody", "Name": "none.jsonl"}})[0] == "InvalidS3ObjectException"
assert refused(OutputConfig={"S3Bucket": "nobody"})[0] == "InvalidS3ObjectException"
assert refused([])[0] == "InvalidManifestException"
assert refused(["", "  ", ""])[0] == "InvalidManifestException"
name, message = refused(["{}"] * 10_001)
assert name == "InvalidManifestException" and "10001" in message and "10000" in message, message
assert refused(["x" * (50 << 20) + "x"])[0] == "InvalidManifestException"
assert refused(KmsKeyId="alias/key")[0] == "InvalidParameterException"
assert refused(OperationsConfig={})[0] == "InvalidParameterException"
unknown = "arn:aws:rekognition:local:000000000000:project/p/version/v/1700000000000"
assert refused(OperationsConfig={"DetectModerationLabels": {"ProjectVersion": unknown}})[0] == "ResourceNotFoundException"

# Newest first, page by page.
jobs = client.list_media_analysis_jobs()["MediaAnalysisJobs"]
times = [job["CreationTimestamp"] for job in jobs]
assert times == sorted(times, reverse=True) and len(jobs) == 8, jobs
for size in (1, 3, 8):
    token, pages = {}, []
    while token is not None:
        page = client.list_media_analysis_jobs(MaxResults=size, **token)
        pages.append([job["JobId"] for job in page["MediaAnalysisJobs"]])
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
    assert sum(pages, []) == [job["JobId"] for job in jobs]
    assert all(len(page) == size for page in pages[:-1])
assert service.refusal(client.list_media_analysis_jobs, NextToken="forged")[0] == "InvalidPaginationTokenException"
assert service.refusal(client.get_media_analysis_job, JobId="f" * 64)[0] == "ResourceNotFoundException"
answer([job["JobId"] for job in jobs])
