#!/usr/bin/env python3
"""How long emptying the cache takes, from 1,000 entries to a million, and when nothing of them is read any more.

bench/cache-clear.py http://localhost:5080 [entries ...]
"""
import base64
import http.client
import json
import sys
import time
from urllib.parse import urlsplit

BATCH = 500
VALUE = base64.b64encode(b"x" * 100).decode()


def call(connection, method, path, body=None):
    started = time.perf_counter()
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    answer = response.read()
    if response.status not in (200, 204, 404):
        sys.exit(f"{method} {path} was answered {response.status}: {answer[:200]!r}")
    return time.perf_counter() - started, response.status, answer


def fill(connection, count):
    started = time.perf_counter()
    for first in range(0, count, BATCH):
        entries = [{"key": f"clear/{i}", "value": VALUE, "ttl": 86400} for i in range(first, min(first + BATCH, count))]
        call(connection, "POST", "/cache/set", {"entries": entries})
    return time.perf_counter() - started


def main():
    address = urlsplit(sys.argv[1])
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    for count in [int(text) for text in sys.argv[2:]] or [1_000, 1_000_000]:
        filled = fill(connection, count)
        cleared, _, _ = call(connection, "DELETE", "/cache?all=true")
        sample = [f"clear/{i * count // BATCH}" for i in range(BATCH)]
        started = time.perf_counter()
        while json.loads(call(connection, "POST", "/cache/get", {"keys": sample})[2])["entries"]:
            pass
        gone = time.perf_counter() - started
        print(f"{count:>9,} entries put in {filled:6.1f} s; emptied in {cleared * 1000:6.1f} ms; the first of 500 reads that found none ended {gone * 1000:6.1f} ms later", flush=True)


main()
