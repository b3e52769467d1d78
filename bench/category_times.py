#!/usr/bin/env python3
"""Times calls of categories, and says figures as bench/lib.sh reads them.

    category_times.py lag EDITED READ COUNT        edits of random categories through one front end until they show on another
    category_times.py lag-large EDITED READ COUNT  the same of categories with very many below them, whose products are counted too
    category_times.py pages URL CATEGORY COUNT     pages of the products of a subtree, over HTTP
    category_times.py outside METRICS URL[,URL...] PSQL...
        edits by another program until every front end shows them, each kind thrice; and how often the whole table was read
        for one, as the process at METRICS, which has the tree, counts it
    category_times.py outside METRICS URL FILE     the same in an SQLite file
"""
import http.client
import json
import random
import re
import sqlite3
import statistics
import subprocess
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


def lag(edited, read, count, among=None):
    """Renames, moves and creations in turn; the time runs from before the request until the other front end answers with its version."""
    writer, reader = connect(edited), connect(read)
    chance = random.Random(7)
    among = among or chance.sample(ask(reader, "GET", "/categories/c2/descendants")["descendants"], int(count))
    times = []
    for number in range(int(count)):
        category = among[number % len(among)]
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


def lag_large(edited, read, count):
    lag(edited, read, count, [child["id"] for child in ask(connect(read), "GET", "/categories/c2/children?limit=20")["categories"]])


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


class Psql:
    def __init__(self, command):
        self.command = command + ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]

    def run(self, sql, lines=None):
        return subprocess.run(self.command + ["-c", sql], input=lines, capture_output=True, text=True, check=True).stdout.strip()

    def copy(self, rows):
        self.run("COPY category (id, parent_id, name) FROM STDIN", "".join("\t".join(row) + "\n" for row in rows))

    def is_listening(self):
        return self.run("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'") == "1"


class Shell:
    def __init__(self, file):
        self.connection = sqlite3.connect(file, timeout=30, isolation_level=None)

    def run(self, sql):
        self.connection.executescript(sql)

    def copy(self, rows):
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO category (id, parent_id, name) VALUES (?, ?, ?)", rows)
        self.connection.execute("COMMIT")


def outside(metrics, urls, *command):
    """The time runs from the commit, at the latest when the program ends, until the last front end shows the edit."""
    readers = [connect(url) for url in urls.split(",")]
    database = Psql(list(command)) if command[0].endswith("psql") else Shell(command[0])
    times, readings, counter = {}, {}, connect(metrics)

    def reloads():
        time.sleep(0.5)  # Metrics are answered from a cache for a while.
        counter.request("GET", "/metrics")
        found = re.search(r"^hearth_categories_reload_duration_seconds_count(?:{[^}]*})? (\d+)", counter.getresponse().read().decode(), re.MULTILINE)
        return int(found[1]) if found else 0

    def shown(kind, edit, is_so):
        before = reloads()
        edit()
        started = time.perf_counter()
        for reader in readers:
            while not is_so(reader):
                if time.perf_counter() - started > 30:
                    raise SystemExit(f"{kind} does not show")
                time.sleep(0.005)
        times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        readings.setdefault(kind, []).append(reloads() - before)

    def below(reader):
        return ask(reader, "GET", "/categories/outside/descendants")["descendants"]

    def counts(number):
        return lambda reader: len(below(reader)) == number

    ask(readers[0], "POST", "/categories", json.dumps({"id": "outside", "name": "Outside"}))
    rows = [(f"outside{number:05}", "outside-a", "Copied") for number in range(10_000)]
    for _ in range(3):
        shown("insert", lambda: database.run("INSERT INTO category (id, parent_id, name) VALUES ('outside-a', 'outside', 'A'), ('outside-b', 'outside', 'B')"), counts(2))
        shown("update", lambda: database.run("UPDATE category SET parent_id = 'outside-b' WHERE id = 'outside-a'"), lambda reader: below(reader)[0] == "outside-b")
        shown("copy-10000", lambda: database.copy(rows), counts(10_002))
        shown("update-10000", lambda: database.run("UPDATE category SET parent_id = 'outside-b' WHERE parent_id = 'outside-a'"),
              lambda reader: ask(reader, "GET", "/categories/outside-b/children?limit=1000")["next"] is not None)
        before = ask(readers[0], "GET", "/categories")["version"]
        database.run("BEGIN; DELETE FROM category WHERE id LIKE 'outside%'; ROLLBACK")
        time.sleep(1)
        if ask(readers[0], "GET", "/categories")["version"] != before:
            raise SystemExit("what was rolled back shows")
        shown("delete-10000", lambda: database.run("DELETE FROM category WHERE id LIKE 'outside%' AND id <> 'outside'"), counts(0))
        if isinstance(database, Psql):
            def killed():
                database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                database.run("INSERT INTO category (id, parent_id, name) VALUES ('outside-k', 'outside', 'K')")
            shown("after-the-listener-is-killed", killed, counts(1))
            while not database.is_listening():
                time.sleep(0.1)
            shown("delete", lambda: database.run("DELETE FROM category WHERE id = 'outside-k'"), counts(0))
    everything = "TRUNCATE category" if isinstance(database, Psql) else "DELETE FROM category"
    shown("truncate", lambda: database.run(everything), lambda reader: not ask(reader, "GET", "/categories")["categories"])
    print(" ".join(f"{kind}_ms={statistics.median(of):.0f} {kind}_max_ms={max(of):.0f} {kind}_reads={max(readings[kind])}" for kind, of in times.items()))


if __name__ == "__main__":
    {"lag": lag, "lag-large": lag_large, "pages": pages, "outside": outside}[sys.argv[1]](*sys.argv[2:])
