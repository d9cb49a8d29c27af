"""A bucket of drawn images with and without alcohol, and manifests of them as Amazon Rekognition wants them."""

import json
import pathlib
import shutil

LABEL = "Alcohol"


def fill(dataset, bucket, count):
    """Copies up to `count` images with the label and `count` without, and gives `(key, has_label)` of each."""
    images = []
    for line in (dataset / "manifest.jsonl").read_text().splitlines():
        record = json.loads(line)
        images.append((record["image"], any(label.startswith(LABEL) for label in record["present"])))
    with_label = [image for image in images if image[1]][:count]
    step = len(images) // count
    without = [image for image in images[::step] if not image[1]][:count]
    for key, _ in with_label + without:
        place = bucket / key
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(dataset / key, place)
    return with_label + without


def manifest(bucket, name, images):
    """Writes a training manifest as the object `name` of `bucket`, and gives its asset."""
    lines = [
        {"source-ref": f"s3://{bucket.name}/{key}",
         "content-moderation-groundtruth": {"ModerationLabels": [{"Name": LABEL}] if has_label else []}}
        for key, has_label in images]
    (bucket / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    return {"Assets": [{"GroundTruthManifest": {"S3Object": {"Bucket": bucket.name, "Name": name}}}]}


def read(buckets, reference):
    """The text of the object that `reference` names."""
    place = reference["S3Object"]
    return pathlib.Path(buckets, place["Bucket"], place["Name"]).read_text()
