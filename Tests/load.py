"""Minutes of mixed load on one server: no answer may be a 5xx, and its memory must not grow after the warm-up.

    Tests/load.py MODERATO [--seconds N] [--connections N] [--root FOLDER]

Starts `MODERATO serve` on a free port of the loopback, and asks it for detections (images of several sizes, damaged ones among
them), lists, refused operations and metrics, on connections that are kept, closed and dropped in the middle. Says every tenth
of the time how much memory the server holds. Exit code 1 where something is wrong.
"""

import argparse
import base64
import io
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter

from PIL import Image

# Memory that the allocator's arenas may still take after the warm-up, as threads meet larger images than before.
ALLOWED_GROWTH = 0.15


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("moderato")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--root", default=".")
    arguments = parser.parse_args()
    command = [arguments.moderato, "serve", "--port", "0", "--root", arguments.root, "--log-level", "warning"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    port = next(int(found.group(1)) for line in server.stderr if (found := re.search(r"listening on .*:(\d+)$", line)))
    talk = []
    threading.Thread(target=lambda: talk.extend(server.stderr), daemon=True).start()
    try:
        memory, statuses = run(port, arguments.seconds, arguments.connections)
    finally:
        server.terminate()
        code = server.wait()
    faults = [line for line in talk if " error " in line]
    judge(memory, statuses, faults, code)


def run(port, seconds, connections):
    statuses, memory = Counter(), []
    requests = [request("DetectModerationLabels", detection(data)) for data in images()]
    requests += [request("DetectModerationLabels", detection(b"no image")), request("DescribeProjects", {}),
                 request("NoOperation", {}), request("DetectModerationLabels", {})]
    started = time.monotonic()
    threads = [
        threading.Thread(target=client, args=(port, requests, started + seconds, statuses, seed))
        for seed in range(connections)]
    for thread in threads:
        thread.start()
    for step in range(1, 11):
        time.sleep(max(0, started + seconds * step / 10 - time.monotonic()))
        memory.append(resident(port))
        print(f"{time.monotonic() - started:6.0f} s  {memory[-1] / 2**20:7.1f} MiB  {sum(statuses.values())} answers", flush=True)
    for thread in threads:
        thread.join()
    return memory, statuses


def images():
    """JPEG files of noise from thumbnails to 6 megapixels, most of them small; two are cut short."""
    generator = random.Random(3)
    files = []
    for width, height in [(64, 64), (320, 240), (640, 480), (800, 600), (1024, 768), (1600, 1200), (3000, 2000)]:
        small = Image.frombytes("RGB", (16, 12), generator.randbytes(16 * 12 * 3))
        file = io.BytesIO()
        small.resize((width, height)).save(file, "JPEG", quality=80)
        files.append(file.getvalue())
    return files[:6] * 4 + files[6:] + [files[2][:2000], files[4][:-300]]


def detection(data):
    return {"Image": {"Bytes": base64.b64encode(data).decode()}, "MinConfidence": 1}


def request(operation, body):
    body = json.dumps(body).encode()
    return (f"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {len(body)}\r\n"
            f"X-Amz-Target: RekognitionService.{operation}\r\n\r\n").encode() + body


def client(port, requests, until, statuses, seed):
    """One client: mostly polite; now and then it hangs up, in the middle of a request or before the answer."""
    generator = random.Random(seed)
    connection = None
    while time.monotonic() < until:
        if connection is None:
            connection = socket.create_connection(("127.0.0.1", port))
        data, manners = generator.choice(requests), generator.random()
        if manners < 0.02:
            connection.sendall(data[:generator.randrange(len(data))])
        else:
            connection.sendall(data)
        if manners < 0.04:
            connection.close()
            connection = None
            continue
        status, closes = answer(connection)
        statuses[status] += 1
        if closes or manners > 0.95:
            connection.close()
            connection = None


def answer(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return "closed", True
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    fields = head.decode().lower()
    missing = int(fields.split("content-length: ")[1].split("\r\n")[0]) - len(rest)
    while missing > 0:
        missing -= len(connection.recv(65536))
    return fields.split(" ")[1], "connection: close" in fields


def resident(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    return int(float(re.search(r"^process_resident_memory_bytes (\S+)$", text, re.M).group(1)))


def judge(memory, statuses, faults, code):
    warm, last = max(memory[2:5]), max(memory[7:])
    print(f"answers: {dict(sorted(statuses.items()))}; memory {warm / 2**20:.1f} MiB after the warm-up, {last / 2**20:.1f} at the end; "
          f"exit code {code}")
    wrong = []
    if any(status.startswith("5") or status == "closed" for status in statuses):
        wrong.append("an answer was a 5xx, or there was none")
    if last > warm * (1 + ALLOWED_GROWTH):
        wrong.append("memory grew")
    if faults:
        wrong.append(f"{len(faults)} errors in the log, the first: {faults[0].strip()}")
    if code != 0:
        wrong.append("the server did not end with 0")
    for sentence in wrong:
        print(f"error: {sentence}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
