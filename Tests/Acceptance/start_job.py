"""Starts a bulk job of `more.lines` lines, with `more.token` where one is given, and waits for it where `more.wait` is;
or `more.jobs` of them, one right after the other."""

import pathlib

import service
import jobs

client, more = service.client(input["url"]), input["more"]
names = input["images"]
manifest = "".join(
    json.dumps({"source-ref": f"s3://photos/{names[index % len(names)]}"}) + "\n" for index in range(int(more["lines"])))
pathlib.Path(input["buckets"], "photos", "job.jsonl").write_text(manifest)
token = {"ClientRequestToken": more["token"]} if "token" in more else {}


def start():
    return client.start_media_analysis_job(
        OperationsConfig={"DetectModerationLabels": {"MinConfidence": 5}},
        Input={"S3Object": {"Bucket": "photos", "Name": "job.jsonl"}}, OutputConfig={"S3Bucket": "photos"}, **token)["JobId"]


if "jobs" in more:
    answer([start() for _ in range(int(more["jobs"]))])
else:
    job = start()
    answer(jobs.ended(client, job, input["buckets"]) if "wait" in more else {"id": job})
