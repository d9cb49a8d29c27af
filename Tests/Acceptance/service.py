"""A boto3 client whose every answer is held against the service model, and small helps for tests."""

import json
import time
import urllib.request

import boto3
import botocore.exceptions
from botocore.config import Config

import shapes

# Operations that answered 200, and (operation, exception) pairs, over all clients of this process.
answered, refused = set(), set()


def client(url, key="any", secret="any", region="us-east-1"):
    client = boto3.client(
        "rekognition", endpoint_url=url, region_name=region, aws_access_key_id=key, aws_secret_access_key=secret,
        # One try: a fault that only another try would mend shows.
        config=Config(retries={"total_max_attempts": 1}, max_pool_connections=64))
    client.meta.events.register("before-parse.rekognition", _check)
    return client


def _check(operation_model, response_dict, **_):
    operation, status, body = operation_model.name, response_dict["status_code"], response_dict["body"]
    if status == 200:
        found = shapes.faults(operation, body)
        answered.add(operation)
    else:
        found = shapes.error_faults(operation, status, body)
        refused.add((operation, json.loads(body).get("__type")))
    assert not found, "\n".join(found)


def refusal(call, *arguments, **parameters):
    """The exception that `call` ends with, as `(name, message)`."""
    try:
        call(*arguments, **parameters)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    raise AssertionError(f"not refused: {parameters}")


def raw(url, operation, body):
    """Status and body of `operation` with what an SDK would not send."""
    request = urllib.request.Request(url, data=body, method="POST", headers={
        "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"RekognitionService.{operation}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def wait(condition, seconds=300):
    """Waits until `condition` gives something true, and gives that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} seconds in vain")


def ended(client, job):
    """The media analysis job `job` once it has ended."""
    def look():
        description = client.get_media_analysis_job(JobId=job)
        return description if description["Status"] in ("SUCCEEDED", "FAILED") else None
    return wait(look)
