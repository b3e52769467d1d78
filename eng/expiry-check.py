#!/usr/bin/env python3
"""Has 100,000 cache entries (or as many as the first argument says) expire within the same second in an embedded Hearth, and
tells how long other requests took meanwhile and when memory and store were rid of them. Needs the .NET SDK and wrk."""
import http.client
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

WANTED = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
WITHIN = 60
PUT = """
local n, wanted, ends = 0, tonumber(os.getenv("WANTED")), tonumber(os.getenv("ENDS"))
local body = string.rep("x", 200)
request = function()
    n = n + 1
    return wrk.format("PUT", "/cache/e" .. (n % wanted) .. "?ttl=" .. math.max(1, ends - os.time()), nil, body)
end
"""


def build():
    subprocess.run(["dotnet", "build", "WebFrontend", "--nologo", "-v", "q", "-c", "Release"], cwd=ROOT, check=True)


def start(folder):
    environment = dict(os.environ, ASPNETCORE_URLS="http://127.0.0.1:0", Storage__DataDirectory=f"{folder}/data")
    server = subprocess.Popen(
        ["dotnet", f"{ROOT}/artifacts/bin/Hearth.WebFrontend/release/Hearth.WebFrontend.dll"], env=environment,
        stdout=open(f"{folder}/log", "w"), stderr=subprocess.STDOUT)
    while True:
        found = re.search(r"Now listening on: http://(\S+)", open(f"{folder}/log").read())
        if found:
            return server, found.group(1)
        time.sleep(0.1)


def put_all(folder, address):
    """Puts every key at least once; those that are put again expire in the same second all the same."""
    with open(f"{folder}/put.lua", "w") as script:
        script.write(PUT)
    ends, made = int(time.time()) + 30 + WANTED // 2500, 0
    while made < WANTED:
        said = subprocess.run(
            ["wrk", "-t1", "-c64", "-d5s", "-s", f"{folder}/put.lua", f"http://{address}"], capture_output=True, text=True, check=True,
            env=dict(os.environ, WANTED=str(WANTED), ENDS=str(ends))).stdout
        made += int(re.search(r"(\d+) requests in", said).group(1))
    if time.time() > ends - 5:
        sys.exit("This machine is too slow to put them all before the first expire.")
    return ends


def rows(folder):
    with sqlite3.connect(f"file:{folder}/data/state.db?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM cache_entries WHERE key LIKE 'e%'").fetchone()[0]


def activations(connection):
    connection.request("GET", "/status")
    return int((re.search(r'"cacheEntry":(\d+)', connection.getresponse().read().decode()) or [0, 0])[1])


def probe(connection, until):
    latencies = []
    while time.time() < until:
        started = time.perf_counter()
        connection.request("GET", "/cache/other")
        if connection.getresponse().read() != b"here":
            sys.exit("Another entry was not answered.")
        connection.request("PUT", "/cache/probe", body=b"x")
        connection.getresponse().read()
        latencies.append((time.perf_counter() - started) * 1000 / 2)
        time.sleep(0.01)
    return sorted(latencies)


def tell(name, latencies):
    print(f"{name}: {len(latencies)} probes, median {latencies[len(latencies) // 2]:.1f} ms, "
          f"99 % {latencies[int(len(latencies) * 0.99)]:.1f} ms, longest {latencies[-1]:.1f} ms")


def check(folder, address):
    connection = http.client.HTTPConnection(address)
    ends = put_all(folder, address)
    connection.request("PUT", "/cache/other?ttl=600", body=b"here")
    connection.getresponse().read()
    print(f"{rows(folder)} entries in the store")
    tell("before they expire", probe(connection, ends - 1))
    tell("while they expire", probe(connection, ends + WITHIN - 10))
    while time.time() < ends + WITHIN:
        if rows(folder) == 0 and activations(connection) < 10:
            print(f"store and memory were rid of them {time.time() - ends:.0f} s after")
            return
        time.sleep(1)
    sys.exit(f"After {WITHIN} s the store has {rows(folder)} entries and memory {activations(connection)}.")


build()
work = tempfile.mkdtemp()
process, at = start(work)
try:
    check(work, at)
finally:
    process.kill()
    process.wait()
    shutil.rmtree(work)
