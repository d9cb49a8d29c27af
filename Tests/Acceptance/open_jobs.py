"""As many open jobs as there may be, and one more; the answer is the refusal and what was started."""

import pathlib

import service

client = service.client(input["url"])
line = json.dumps({"source-ref": f"s3://photos/{input['images'][0]}"}) + "\n"
pathlib.Path(input["buckets"], "photos", "long.jsonl").write_text(line * 10_000)


def start(**more):
    return client.start_media_analysis_job(
        OperationsConfig={"DetectModerationLabels": {}}, Input={"S3Object": {"Bucket": "photos", "Name": "long.jsonl"}},
        OutputConfig={"S3Bucket": "photos"}, **more)["JobId"]


ids = [start(ClientRequestToken=f"t{index}") for index in range(20)]
name, message = service.refusal(start)
assert name == "LimitExceededException"
# Who asks again for what is started already is not one more.
assert start(ClientRequestToken="t7") == ids[7]
statuses = {job["Status"] for job in client.list_media_analysis_jobs()["MediaAnalysisJobs"]}
assert statuses <= {"QUEUED", "IN_PROGRESS"}, statuses
answer({"message": message, "ids": ids})
