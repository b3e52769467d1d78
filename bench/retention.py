#!/usr/bin/env python3
"""What bench/retention.sh asks and watches; figures are said as bench/lib.sh reads them. STORE is redis:PORT or a SQLite file.

    retention.py begin URL FILE                    makes sessions, and notes them in the file
    retention.py check URL FILE                    they must be as they were made
    retention.py watch URL STORE PID COUNT         the silo's memory until the store has so many sessions and memory almost none
    retention.py expiry URL STORE UNTIL COUNT      how long other calls take before and while entries expire, until all are gone
    retention.py short URL UNTIL                   makes entries and sessions that expire then
    retention.py held STORE                        they must be in the store
    retention.py gone STORE UNTIL                  when the store had none any more
    retention.py count STORE sessions|entries
"""
import http.client
import json
import socket
import sqlite3
import sys
import time
import urllib.parse

LIMIT = 60
KEPT = 500
SHORT = 1000


class Client:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)

    def ask(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = self.connection.getresponse()
        data = response.read()
        if response.status >= 300:
            raise SystemExit(f"{method} {path}: {response.status} {data[:200]}")
        return json.loads(data) if data else None


def redis(port, *words):
    """One command and its answer, which is a number or a list of a cursor and keys."""
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rwb") as stream:
        for word in words:
            assert not any(mark in str(word) for mark in "\r\n")
        stream.write(f"*{len(words)}\r\n".encode() + b"".join(f"${len(str(word))}\r\n{word}\r\n".encode() for word in words))
        stream.flush()
        return answer(stream)


def answer(stream):
    line = stream.readline().rstrip(b"\r\n")
    kind, rest = line[:1], line[1:]
    if kind == b":":
        return int(rest)
    if kind == b"$":
        return stream.read(int(rest) + 2)[:-2]
    if kind == b"*":
        return [answer(stream) for _ in range(int(rest))]
    raise SystemExit(f"Redis says {line}")


def count(store, kind):
    """Entries and sessions in the store, whether or not they have expired."""
    if not store.startswith("redis:"):
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30) as database:
            return database.execute(f"SELECT count(*) FROM {'sessions' if kind == 'sessions' else 'cache_entries'}").fetchone()[0]
    port = int(store.removeprefix("redis:"))
    if kind == "sessions" and redis(port, "DBSIZE") > 50_000:
        return redis(port, "ZCARD", "hearth/session-deadlines")
    cursor, found = b"0", 0
    while True:
        pattern = "hearth/session/*" if kind == "sessions" else "hearth/cache/*"
        cursor, keys = redis(port, "SCAN", cursor.decode(), "MATCH", pattern, "COUNT", 10_000)
        found += len(keys)
        if cursor == b"0":
            return found


def begin(url, file):
    client = Client(url)
    with open(file, "w") as kept:
        for number in range(KEPT):
            made = client.ask("POST", "/sessions", {"user": f"kept{number}", "data": {"n": str(number)}, "idleTimeout": 3600})
            print(made["id"], file=kept)


def check(url, file):
    client = Client(url)
    with open(file) as kept:
        for number, line in enumerate(kept):
            session = client.ask("GET", f"/sessions/{line.strip()}")
            if (session["user"], session["data"]) != (f"kept{number}", {"n": str(number)}):
                raise SystemExit(f"session {number} is {session}")
    print(f"{KEPT} sessions that had left memory are as they were made")


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


def watch(url, store, pid, wanted):
    """Every ten seconds; the last line says the figures."""
    client, started = Client(url), time.monotonic()
    empty, peak, most, made_in = resident(pid), 0, 0, 0
    while True:
        time.sleep(10)
        held = client.ask("GET", "/status")["activations"].get("session", 0)
        memory, made = resident(pid), count(store, "sessions")
        peak, most = max(peak, memory), max(most, held)
        print(f"{time.monotonic() - started:.0f} s: {made} in the store, {held} in memory, {memory} MiB", file=sys.stderr)
        made_in = made_in or (time.monotonic() - started if made >= int(wanted) else 0)
        if made_in and held < KEPT:
            print(f"before_mib={empty} peak_mib={peak} after_mib={memory} most_in_memory={most} in_store={made} filled_in_s={made_in:.0f}")
            return
        if made_in and time.monotonic() - started > made_in + 600:
            raise SystemExit(f"{held} sessions are in memory ten minutes after the last one was made")


def expiry(url, store, until, wanted):
    until, client = int(until), Client(url)
    if (put := count(store, "entries")) < int(wanted):
        raise SystemExit(f"only {put} entries were put in time")
    client.ask("PUT", "/cache/other?ttl=3600", "value")
    calls = [
        ("GET", "/cache/other", None), ("PUT", "/cache/another?ttl=3600", "value"), ("POST", "/pages/p/views", {}),
        ("PUT", "/users/ada/presence", None), ("GET", "/presence/online", None), ("POST", "/sessions", {}),
    ]
    before, during, number, gone, left = [], [], 0, None, 0
    while (now := time.time()) < until + LIMIT and not (gone and now > gone + 5):
        method, path, body = calls[number % len(calls)]
        number += 1
        started = time.perf_counter()
        if path != "/cache/other":
            client.ask(method, path, body)
        else:
            client.connection.request(method, path)
            client.connection.getresponse().read()
        (before if now < until - 1 else during).append((time.perf_counter() - started) * 1000)
        time.sleep(0.005)
        if now > until and number % 400 == 0 and not gone:
            left = Client(url).ask("GET", "/status")["activations"].get("cacheEntry", 0) + count(store, "entries")
            gone = now if left <= 4 else None
    if not gone:
        raise SystemExit(f"{left} entries were in memory or in the store {LIMIT} s after their expiry")
    print(" ".join(f"{name}_p50_ms={rank(of, 50):.2f} {name}_p99_ms={rank(of, 99):.2f} {name}_max_ms={max(of):.2f}" for name, of in (("before", before), ("during", during)))
          + f" gone_after_s={gone - until:.1f}")


def rank(values, percent):
    return sorted(values)[int(len(values) * percent / 100)]


def short(url, until):
    client = Client(url)
    for number in range(SHORT):
        client.ask("PUT", f"/cache/short{number}?ttl={int(until) - time.time():.3f}", "value")
        client.ask("POST", "/sessions", {"absoluteTimeout": round(int(until) - time.time(), 3)})


def held(store):
    counts = count(store, "entries"), count(store, "sessions")
    if min(counts) < SHORT:
        raise SystemExit(f"the store has only {counts}")
    print(f"in the store before: {counts}")


def gone(store, until):
    until = int(until)
    others = 0
    while time.time() < until + LIMIT:
        others = count(store, "entries") + count(store, "sessions")
        if others == 0:
            print(f"gone_after_s={max(0, time.time() - until):.1f}")
            return
        time.sleep(1)
    raise SystemExit(f"{others} of what has expired was in the store {LIMIT} s later")


if __name__ == "__main__":
    figures = {"begin": begin, "check": check, "watch": watch, "expiry": expiry, "short": short, "held": held, "gone": gone}
    if sys.argv[1] == "count":
        print(count(*sys.argv[2:]))
    else:
        figures[sys.argv[1]](*sys.argv[2:])
