"""Runs the Python of docs/rekognition.md as it stands there, but for the address. Input: url, buckets, more.page, more.dataset."""

import os
import pathlib
import re
import shutil
import tempfile

import stickers

bucket = pathlib.Path(input["buckets"], "photos")
pathlib.Path(input["buckets"], "results").mkdir()
images = stickers.fill(pathlib.Path(input["more"]["dataset"]), bucket, 45)
stickers.manifest(bucket, "train.jsonl", images)
(bucket / "bulk.jsonl").write_text("".join(json.dumps({"source-ref": f"s3://photos/{key}"}) + "\n" for key, _ in images[:3]))
folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)
shutil.copy(bucket / images[0][0], "photo.png")
page = pathlib.Path(input["more"]["page"]).read_text()
blocks = re.findall(r"```python\n(.*?)```", page, re.S)
assert blocks[0].count("http://127.0.0.1:8080") == 1
names = {}
for block in blocks:
    exec(block.replace("http://127.0.0.1:8080", input["url"]), names)
assert names["version"]["Status"] == "TRAINING_COMPLETED" and names["analysis"]["Status"] == "SUCCEEDED"
answer(len(blocks))
