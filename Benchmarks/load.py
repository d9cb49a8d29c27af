"""Load on a server of DetectModerationLabels: so many connections, each with one request after the other, kept alive.

    load.py URL FOLDER CONNECTIONS SECONDS    the bodies of requests are the files in a folder

Prints a JSON object: latencies in seconds, the seconds it took, the CPU seconds of this process, statuses. What comes before
a fifth of the time is over is warm-up, and not counted.
"""

import asyncio
import itertools
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

HEAD = (
    "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-amz-json-1.1\r\n"
    "X-Amz-Target: RekognitionService.DetectModerationLabels\r\nContent-Length: {length}\r\n\r\n"
)


async def client(host, port, requests, until, results):
    reader = writer = None
    try:
        while time.perf_counter() < until:
            started = time.perf_counter()
            # Servers that close after each answer are served by another connection, and wait for it.
            if writer is None:
                reader, writer = await asyncio.open_connection(host, port)
            writer.write(next(requests))
            await writer.drain()
            head = await reader.readuntil(b"\r\n\r\n")
            fields = head.decode("latin-1").lower()
            length = int(fields.split("content-length:")[1].split("\r\n")[0])
            await reader.readexactly(length)
            results.append((started, time.perf_counter(), int(fields.split(" ")[1])))
            if "connection: close" in fields:
                writer.close()
                writer = None
    finally:
        if writer is not None:
            writer.close()


async def main(url, folder, connections, seconds):
    parts = urlsplit(url)
    bodies = [file.read_bytes() for file in sorted(Path(folder).iterdir())]
    requests = itertools.cycle([
        HEAD.format(host=parts.netloc, length=len(body)).encode() + body for body in bodies])
    results = []
    counted = time.perf_counter() + seconds / 5
    until = time.perf_counter() + seconds
    cpu = time.process_time()
    await asyncio.gather(*(client(parts.hostname, parts.port, requests, until, results) for _ in range(connections)))
    kept = [(start, end, status) for start, end, status in results if end >= counted]
    statuses = {}
    for _, _, status in results:
        statuses[str(status)] = statuses.get(str(status), 0) + 1
    print(json.dumps({
        "latencies": [end - start for start, end, _ in kept], "seconds": max(end for _, end, _ in kept) - counted,
        "cpu": (time.process_time() - cpu) / seconds, "statuses": statuses,
    }))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
