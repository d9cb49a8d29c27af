"""The life of an adapter with the AWS CLI, as a user types it. Input: url, aws (the program), buckets, more.dataset."""

import os
import pathlib
import subprocess
import tempfile

import service
import stickers

buckets = pathlib.Path(input["buckets"])
bucket = buckets / "training-data"
images = stickers.fill(pathlib.Path(input["more"]["dataset"]), bucket, 40)
stickers.manifest(bucket, "train.jsonl", images[0::2])
folder = tempfile.TemporaryDirectory()
home = folder.name
# Nobody's configuration, and no credentials but these.
ENVIRONMENT = {
    "HOME": home, "PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "any", "AWS_ENDPOINT_URL_REKOGNITION": input["url"], "AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "1"}


def run(*arguments, environment=ENVIRONMENT, options=()):
    return subprocess.run(
        [input["aws"], *options, "rekognition", *arguments], env=environment, capture_output=True, text=True, cwd=home)


def aws(*arguments, **more):
    done = run(*arguments, **more)
    assert done.returncode == 0, (arguments, done.stderr)
    return json.loads(done.stdout) if done.stdout.strip() else None


def word(*arguments):
    return aws(*arguments, "--output", "json")


# The address by variable, by option, and without signatures.
project = word("create-project", "--project-name", "marketplace", "--feature", "CONTENT_MODERATION",
               "--auto-update", "ENABLED", "--tags", "team=trust", "--query", "ProjectArn")
for name in ("b", "c"):
    word("create-project", "--project-name", name, "--feature", "CONTENT_MODERATION", "--auto-update", "DISABLED")
plain = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("AWS_ENDPOINT")}
names = aws("describe-projects", "--features", "CONTENT_MODERATION", "--page-size", "1",
            "--query", "ProjectDescriptions[].ProjectArn", environment=plain, options=("--endpoint-url", input["url"]))
assert len(names) == 3 and project in names, names
unsigned = {name: value for name, value in ENVIRONMENT.items() if "KEY" not in name}
assert names == aws("describe-projects", "--features", "CONTENT_MODERATION", "--query",
                    "ProjectDescriptions[].ProjectArn", environment=unsigned, options=("--no-sign-request",))
assert len(aws("describe-projects", "--features", "CONTENT_MODERATION", "--max-items", "2")["ProjectDescriptions"]) == 2

# Training, with the CLI's shorthand, and its waiter, which polls every 120 seconds: it is asked once all is done.
version = word(
    "create-project-version", "--project-arn", project, "--version-name", "v1", "--version-description", "drawn drinks",
    "--training-data", "Assets=[{GroundTruthManifest={S3Object={Bucket=training-data,Name=train.jsonl}}}]",
    "--testing-data", "AutoCreate=true", "--output-config", "S3Bucket=training-data,S3KeyPrefix=results",
    "--feature-config", "ContentModeration={ConfidenceThreshold=70}", "--query", "ProjectVersionArn")
describe = ("describe-project-versions", "--project-arn", project, "--version-names", "v1", "--query")
service.wait(lambda: word(*describe, "ProjectVersionDescriptions[0].Status") == "TRAINING_COMPLETED")
aws("wait", "project-version-training-completed", "--project-arn", project, "--version-names", "v1")
assert word(*describe, "ProjectVersionDescriptions[0].FeatureConfig.ContentModeration.ConfidenceThreshold") == 70
assert word(*describe, "ProjectVersionDescriptions[0].EvaluationResult.F1Score") > 0

# Detection: bytes by the CLI's own option, an object, an adapter.
key = next(key for key, has_label in images if has_label)
of_bytes = ("--image-bytes", f"fileb://{bucket / key}")
of_object = ("--image", f"S3Object={{Bucket=training-data,Name={key}}}")
base = aws("detect-moderation-labels", *of_bytes, "--min-confidence", "1")
assert base == aws("detect-moderation-labels", *of_object, "--min-confidence", "1") and base["ModerationLabels"]
adapted = aws("detect-moderation-labels", *of_bytes, "--min-confidence", "1", "--project-version", version)
assert adapted["ProjectVersion"] == version
top = word("detect-moderation-labels", *of_object, "--query", "ModerationLabels[0].Name")
assert top == (aws("detect-moderation-labels", *of_bytes)["ModerationLabels"] or [{"Name": None}])[0]["Name"]

# A bulk job.
(bucket / "bulk.jsonl").write_text(json.dumps({"source-ref": f"s3://training-data/{key}"}) + "\n")
job = word("start-media-analysis-job", "--operations-config",
           f"DetectModerationLabels={{MinConfidence=1,ProjectVersion={version}}}",
           "--input", "S3Object={Bucket=training-data,Name=bulk.jsonl}",
           "--output-config", "S3Bucket=training-data,S3KeyPrefix=bulk", "--query", "JobId")
service.wait(lambda: word("get-media-analysis-job", "--job-id", job, "--query", "Status") == "SUCCEEDED")
line = json.loads((bucket / f"bulk/{job}/results.jsonl").read_text())
assert line["detect-moderation-labels"] == adapted, (line, adapted)
assert word("list-media-analysis-jobs", "--query", "MediaAnalysisJobs[].JobId") == [job]

# Tags.
aws("tag-resource", "--resource-arn", version, "--tags", "stage=live,owner=me")
aws("untag-resource", "--resource-arn", version, "--tag-keys", "owner")
assert aws("list-tags-for-resource", "--resource-arn", version) == {"Tags": {"stage": "live"}}

# Errors: the CLI's exit code for what a service refuses (255 of version 1, 254 of version 2), and its one line.
refused = run("delete-project", "--project-arn", project)
assert refused.returncode in (254, 255) and "ResourceInUseException" in refused.stderr, (refused.returncode, refused.stderr)
refused = run("detect-moderation-labels", "--image", "S3Object={Bucket=training-data,Name=none.png}")
assert "An error occurred (InvalidS3ObjectException) when calling the DetectModerationLabels operation" in refused.stderr

assert word("delete-project-version", "--project-version-arn", version, "--query", "Status") == "DELETING"
for arn in names:
    assert word("delete-project", "--project-arn", arn, "--query", "Status") == "DELETING"
assert aws("describe-projects", "--features", "CONTENT_MODERATION")["ProjectDescriptions"] == []
answer({"image": str(bucket / key), "base": base})
