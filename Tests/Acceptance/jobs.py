"""What a bulk job ended with."""

import pathlib

import service


def ended(client, job, buckets):
    description = service.ended(client, job)
    place = description.get("Results", {}).get("S3Object")
    return {
        "status": description["Status"], "code": description.get("FailureDetails", {}).get("Code"),
        "results": pathlib.Path(buckets, place["Bucket"], place["Name"]).read_text() if place else ""}
