"""DetectModerationLabels over HTTP: `moderato serve` and a Flask server of the same job, on the same photographs."""

import base64
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib import metadata
from pathlib import Path

from photographs import photographs
from project import CHECKOUT, MODEL, MODERATO, Project
from rounds import Amount, Check, Comparison, Ratio

ROUNDS = 3
IMAGES = 300
SECONDS = 10
CONNECTIONS = (8, 64)
FOLDER = Path(__file__).resolve().parent
BASE_MODEL = CHECKOUT / "Experiments/base-models/imagenet-moderation.yaml"

# What people start a Flask application with on 2 cores; the fastest of them at 8 connections is what is compared with.
SETTINGS = {
    "gunicorn, 2 sync workers": ["gunicorn", "--workers", "2"],
    "gunicorn, 2 workers of 4 threads": ["gunicorn", "--workers", "2", "--threads", "4"],
    "gunicorn, 1 worker of 2 threads": ["gunicorn", "--workers", "1", "--threads", "2"],
    "waitress, 2 threads": ["waitress", "--threads", "2"],
    "waitress, 8 threads": ["waitress", "--threads", "8"],
}


def compare(rounds=ROUNDS):
    with tempfile.TemporaryDirectory() as folder, Project() as project:
        images = Path(folder)
        for index, data in enumerate(photographs(IMAGES)):
            body = {"Image": {"Bytes": base64.b64encode(data).decode()}, "MinConfidence": 1}
            (images / f"{index:04}.json").write_text(json.dumps(body))
        theirs = fastest(images)
        found = {(name, count): [] for name in ("ours", theirs) for count in CONNECTIONS}
        alone = []
        for number in range(rounds):
            for name in ("ours", theirs):
                with running(name, project.root) as (url, process):
                    for count in CONNECTIONS:
                        found[name, count].append(load(url, images, count, SECONDS, process))
                        print(f"  round {number + 1} of {rounds}: {name}, {count} connections: "
                              f"{rate(found[name, count][-1]):.0f}/s", file=sys.stderr)
            alone.append(network_alone())
        return Comparison(
            f"Serving photographs over HTTP: {IMAGES} JPEG files of 1024 pixels; {versions()}",
            rows(found, theirs, alone) + [same_answers(theirs, images, project.root)])


def rows(found, theirs, alone):
    rows = []
    for count in CONNECTIONS:
        mine, other = found["ours", count], found[theirs, count]
        rows += [
            Amount(f"requests a second, {count} connections", [rate(result) for result in mine], "/s"),
            Amount(f"requests a second of {theirs}, {count} connections", [rate(result) for result in other], "/s"),
            Ratio(f"time for a request at {count} connections", f"Flask, {theirs}",
                  [1000 / rate(result) for result in mine], [1000 / rate(result) for result in other], 2, "ms"),
            Ratio(f"CPU time for a request at {count} connections", f"Flask, {theirs}",
                  [result["server_cpu"] for result in mine], [result["server_cpu"] for result in other], None, "ms"),
            Ratio(f"median latency at {count} connections", f"Flask, {theirs}",
                  [quantile(result, 0.5) for result in mine], [quantile(result, 0.5) for result in other], None, "ms"),
            Ratio(f"p99 latency at {count} connections", f"Flask, {theirs}",
                  [quantile(result, 0.99) for result in mine], [quantile(result, 0.99) for result in other], 2, "ms"),
        ]
    every = [result for results in found.values() for result in results]
    most = max(result["cpu"] for result in every)
    statuses = sorted({status for result in every for status in result["statuses"]})
    ratio = [1000 / rate(result) for result in found["ours", 8]]
    return rows + [
        Ratio("time for a request at 8 connections", "the network alone on ready tensors, 2 processes", ratio, alone, None, "ms"),
        Check("load generator, the most of a core", f"{most:.2f}", most < 0.8),
        Check("statuses of all answers", ", ".join(statuses), statuses == ["200"]),
    ]


def versions():
    """Of what else is compared with; those that all comparisons share stand above."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in ("Flask", "gunicorn", "waitress"))


def rate(result):
    return len(result["latencies"]) / result["seconds"]


def quantile(result, share):
    """Milliseconds."""
    latencies = sorted(result["latencies"])
    return 1000 * latencies[min(len(latencies) - 1, int(share * len(latencies)))]


def fastest(images):
    """The setting that answers most requests at 8 connections, in the better one of two turns."""
    rates = dict.fromkeys(SETTINGS, 0)
    for name in [*SETTINGS, *SETTINGS]:
        with running(name, None) as (url, process):
            rates[name] = max(rates[name], rate(load(url, images, 8, SECONDS / 2, process)))
        print(f"  {name}: {rates[name]:.0f}/s", file=sys.stderr)
    return max(rates, key=rates.get)


def same_answers(theirs, images, root):
    """Both must see the same labels, with confidences within 0.01 percent points."""
    files = sorted(images.iterdir())[:60]
    with running("ours", root) as (mine, _), running(theirs, None) as (other, _):
        pairs = [(answer(mine, file), answer(other, file)) for file in files]
    same = all(first.keys() == second.keys() for first, second in pairs)
    apart = max((abs(first[key] - second[key]) for first, second in pairs for key in first if key in second), default=0)
    return Check(f"{len(pairs)} images: the same labels, confidences at most 0.01 points apart", f"{apart:.2g}", same and apart <= 0.01)


def answer(url, file):
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "RekognitionService.DetectModerationLabels"}
    with urllib.request.urlopen(urllib.request.Request(url, file.read_bytes(), headers)) as response:
        labels = json.load(response)["ModerationLabels"]
    return {(label["ParentName"], label["Name"]): label["Confidence"] for label in labels}


@contextlib.contextmanager
def running(name, root):
    """The address and the process of a server that runs meanwhile."""
    with tempfile.TemporaryFile() as log, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(command(name, port, root), stdout=log, stderr=log, cwd=FOLDER, env={
            **os.environ, "MODEL": str(MODEL), "BASE_MODEL": str(BASE_MODEL)})
        try:
            wait(process, port, log)
            yield f"http://127.0.0.1:{port}/", process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def command(name, port, root):
    if name == "ours":
        return [MODERATO, "serve", "--port", str(port), "--root", root, "--log-level", "warning"]
    program, *options = SETTINGS[name]
    if program == "gunicorn":
        return [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "flask_server:app"]
    return [sys.executable, "-m", "waitress", *options, f"--listen=127.0.0.1:{port}", "flask_server:app"]


def wait(process, port, log):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            log.seek(0)
            raise SystemExit(f"a server ended with {process.returncode}:\n{log.read().decode()}")
        time.sleep(0.05)
    raise SystemExit("a server does not listen")


def load(url, images, connections, seconds, process):
    """What `load.py` says, and the milliseconds of CPU time that the server took for a request."""
    before = cpu(process.pid)
    ended = subprocess.run(
        [sys.executable, FOLDER / "load.py", url, images, str(connections), str(seconds)], capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"load.py ended with {ended.returncode}:\n{ended.stderr}")
    result = json.loads(ended.stdout)
    return {**result, "server_cpu": 1000 * (cpu(process.pid) - before) / sum(result["statuses"].values())}


def cpu(process):
    """Seconds of CPU time of a process and of its workers: what others do on the machine shows little in it."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(cpu(int(child)) for child in children)


def network_alone():
    """Milliseconds an image where both cores do nothing but the network, one image at a time."""
    count = 600
    ended = subprocess.run(
        [sys.executable, FOLDER / "pipeline.py", MODEL, "singles", str(count)], capture_output=True, text=True, check=True)
    return 1000 * float(ended.stdout) / count
