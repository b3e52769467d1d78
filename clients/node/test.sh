#!/usr/bin/env bash
# Tests Node's client against real Hearths: one embedded and, where redis-server and PostgreSQL are, a cluster. Needs the
# built programs (dotnet build Orleans.sln). Ends with the line "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
root=$(cd ../.. && pwd)
embedded_pid=
configuration=Debug
passed=0 failed=0 skipped=0

stop() {
    if [ -n "$embedded_pid" ]; then kill "$embedded_pid" 2>/dev/null && wait "$embedded_pid" || true; fi
    if [ -f "$work/cluster" ]; then CLUSTER=$work/cluster "$root/eng/cluster.sh" down || true; fi
    rm -rf "$work"
}
trap stop EXIT

# skip REASON: the whole client is skipped, aloud.
skip() {
    echo "clients/node is skipped: $*" >&2
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are missing (Debian packages nodejs and npm)"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || skip "its tests need Node 20 ($(node --version) is here)"
command -v dotnet >/dev/null || skip "dotnet is missing"
program=$root/artifacts/bin/Hearth.WebFrontend/debug/Hearth.WebFrontend.dll
[ -f "$program" ] || skip "Hearth is not built (dotnet build Orleans.sln)"

up_cluster() {
    for bin in /usr/lib/postgresql/*/bin; do PATH=$PATH:$bin; done
    for needed in redis-server initdb; do
        command -v "$needed" >/dev/null || { echo "$needed is missing; tests with a cluster are skipped." >&2; return; }
    done
    BUILD=no CONFIGURATION=$configuration CLUSTER=$work/cluster "$root/eng/cluster.sh" up >"$work/cluster.log" 2>&1 ||
        { cat "$work/cluster.log" >&2; touch "$work/cluster.failed"; }
}

up_embedded() {
    port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
    ASPNETCORE_URLS=http://127.0.0.1:$port Storage__DataDirectory=$work/data dotnet "$program" >"$work/embedded.log" 2>&1 &
    embedded_pid=$!
    export HEARTH_EMBEDDED=http://127.0.0.1:$port
}

up_cluster &
cluster_job=$!
up_embedded
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
deadline=$((SECONDS + 60))
until curl -fs "$HEARTH_EMBEDDED/health/ready" >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] && kill -0 "$embedded_pid" || { cat "$work/embedded.log" >&2; exit 1; }
    sleep 0.2
done
wait "$cluster_job"
if [ -f "$work/cluster.failed" ]; then failed=1; fi
if [ -f "$work/cluster" ]; then HEARTH_CLUSTER=$(cat "$(cat "$work/cluster")/frontend1.url"); export HEARTH_CLUSTER; fi

timeout 300 node --test --test-reporter=spec --test-timeout=60000 test/*.test.mjs 2>&1 | tee "$work/node.log" || true
count() { sed -nE "s/^. $1 ([0-9]+)$/\1/p" "$work/node.log" | tail -n 1; }
passed=$((passed + $(count pass))) failed=$((failed + $(count fail) + $(count cancelled))) skipped=$((skipped + $(count skipped)))

for address in "$HEARTH_EMBEDDED" "${HEARTH_CLUSTER:-}"; do
    if [ -z "$address" ]; then
        echo "@keyv/test-suite is skipped: no cluster" >&2
        skipped=$((skipped + 1))
        continue
    fi
    HEARTH_URL=$address node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile="$work/keyv.json" keyv.suite || true
    [ -f "$work/keyv.json" ] || { failed=$((failed + 1)); continue; }
    read -r more_passed more_failed < <(node -p "const r = JSON.parse(fs.readFileSync('$work/keyv.json')); r.numPassedTests + ' ' + Math.max(r.numFailedTests, r.success ? 0 : 1)")
    passed=$((passed + more_passed)) failed=$((failed + more_failed))
    rm "$work/keyv.json"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
