#!/usr/bin/env python3
"""Times calls of categories, and says figures as bench/lib.sh reads them.

    category_times.py lag EDITED READ COUNT        edits through one front end until they show on another
    category_times.py pages URL CATEGORY COUNT     pages of the products of a subtree, over HTTP
"""
import http.client
import json
import random
import statistics
import sys
import time
import urllib.parse


def connect(url):
    parts = urllib.parse.urlsplit(url)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)


def ask(connection, method, path, body=None):
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    data = response.read()
    if response.status >= 300:
        raise SystemExit(f"{method} {path}: {response.status} {data[:200]}")
    return json.loads(data) if data else None


def say(milliseconds):
    ordered = sorted(milliseconds)
    print(f"median_ms={statistics.median(ordered):.2f} p95_ms={ordered[int(len(ordered) * 0.95)]:.2f} max_ms={ordered[-1]:.2f}")


def lag(edited, read, count):
    """Renames, moves and creations in turn; the time runs from before the request until the other front end answers with its version."""
    writer, reader = connect(edited), connect(read)
    tops = [child["id"] for child in ask(reader, "GET", "/categories/c2/children?limit=20")["categories"]]
    times = []
    for number in range(int(count)):
        category = tops[number % len(tops)]
        edits = [
            ("PATCH", f"/categories/{category}", {"name": f"Renamed {number}"}),
            ("PATCH", f"/categories/{category}", {"parentId": "c0" if number % 2 else "c2"}),
            ("POST", "/categories", {"name": f"New {number}", "parentId": category}),
        ]
        method, path, body = edits[number % 3]
        started = time.perf_counter()
        version = ask(writer, method, path, json.dumps(body))["version"]
        ask(reader, "GET", f"/categories/few/children?limit=1&minVersion={version}")
        times.append((time.perf_counter() - started) * 1000)
    say(times)


def pages(url, category, count):
    connection = connect(url)
    chance = random.Random(7)
    times = []
    for number in range(int(count)):
        sort = "name" if number % 2 else "id"
        after = f"&after=p{chance.randrange(1 << 40):010x}" if sort == "id" else ""
        started = time.perf_counter()
        ask(connection, "GET", f"/categories/{category}/products?sort={sort}{after}")
        times.append((time.perf_counter() - started) * 1000)
    say(times)


if __name__ == "__main__":
    {"lag": lag, "pages": pages}[sys.argv[1]](*sys.argv[2:])
