"""The same job as `moderato serve` with Flask, onnxruntime and Pillow: DetectModerationLabels of the base model.

    MODEL=FILE.onnx BASE_MODEL=FILE.yaml gunicorn flask_server:app
"""

import base64
import io
import math
import os

import numpy
import onnxruntime
import yaml
from flask import Flask, jsonify, request
from PIL import Image

app = Flask(__name__)

description = yaml.safe_load(open(os.environ["BASE_MODEL"]))
scale, offset = description["scoring"]["scale"], description["scoring"]["offset"]

# A worker for each core, and threads of a worker share the interpreter: one thread of ONNX Runtime each.
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])


def evidence():
    """The classes that speak for each label, those of the labels below it among them."""
    classes = {}
    for path, places in description["labels"].items():
        names = path.split("/")
        for depth in range(1, len(names) + 1):
            classes.setdefault("/".join(names[:depth]), []).extend(places)
    return {path: numpy.array(sorted(set(places))) for path, places in classes.items()}


LABELS = evidence()


def pixels(data):
    """The input of one image: 224 x 224, as the base model's description says."""
    image = Image.open(io.BytesIO(data)).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    return ((numpy.asarray(image, dtype="float32").transpose(2, 0, 1) - 127) / 128)[None]


@app.post("/")
def detect():
    body = request.get_json(force=True)
    tensor = pixels(base64.b64decode(body["Image"]["Bytes"]))
    logits = session.run(["logits"], {"images": tensor})[0][0].astype("float64")
    scores = scale * ((logits - logits.mean()) / logits.std() - offset)
    labels = []
    for path, places in LABELS.items():
        confidence = 100 / (1 + math.exp(-scores[places].max()))
        if confidence >= body.get("MinConfidence", 50):
            parent, _, name = path.rpartition("/")
            labels.append({"Confidence": confidence, "Name": name, "ParentName": parent})
    labels.sort(key=lambda label: -label["Confidence"])
    return jsonify(ModerationLabels=labels, ModerationModelVersion=description["taxonomy"])
