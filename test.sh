#!/usr/bin/env bash
# Builds everything and runs every test. The embedded default needs nothing but the .NET SDK, and so do its tests; those
# of the cluster need redis-server and PostgreSQL, those of the operator's pages Chromium, the linting of the API document
# npm, and are skipped, saying so, where these are missing.
# Ends with the line "N passed, N failed, N skipped"; the exit code is 0 only if none failed and some ran.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v dotnet >/dev/null; then
    echo "test.sh needs the .NET SDK 10 (the command 'dotnet'), which is not on the PATH." >&2
    exit 1
fi

# Debian keeps PostgreSQL's programs off the PATH.
find_postgres() {
    for folder in /usr/lib/postgresql/*/bin; do
        if ! command -v initdb >/dev/null && [ -x "$folder/initdb" ]; then PATH=$PATH:$folder; fi
    done
}

# Servers that tests start for themselves. Where one is missing and cannot be installed, its tests are skipped by name.
install_missing() {
    if command -v "$1" >/dev/null; then return; fi
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends "$2"; } || true
    fi
    find_postgres
    command -v "$1" >/dev/null || echo "$1 is missing (Debian package $2); tests that need it are skipped." >&2
}
# Libraries of Debian's Python, for the client of Python sites.
install_python_sites() {
    if [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import django, urllib3' 2>/dev/null; then return; fi
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        apt-get install --yes --quiet --no-install-recommends python3-django python3-urllib3 || true
    fi
}
find_postgres
install_missing redis-server redis-server
install_missing initdb postgresql
install_missing chromium chromium
install_missing faketime faketime
install_python_sites

# The linter of the API document, as its lock file has it. Node is not installed for it.
if command -v npm >/dev/null; then
    npm ci --prefix tests/openapi --no-audit --no-fund --loglevel=error
else
    echo "npm is missing (Debian package npm); the API document is not linted." >&2
fi

dotnet build Orleans.sln --nologo --verbosity quiet

# The servers of the tests synchronise every write. In memory that never stalls, and a killed process loses no more.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -n 1)" -gt 4000000 ]; then
    export TMPDIR=/dev/shm
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
timeout --kill-after=30s 30m dotnet test --solution Orleans.sln --no-build --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log" || status=$?
if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
    echo "The tests were stopped after 30 minutes, which is more than twice what they take: the assembly named last hangs." >&2
fi

# run_client NAME: runs clients/NAME/test.sh, which ends with a line of counts as this script does, and adds them up.
client_passed=0 client_failed=0 client_skipped=0
run_client() {
    "clients/$1/test.sh" 2>&1 | tee "$log.$1" || true
    local counts
    counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$log.$1" | tail -n 1)
    rm -f "$log.$1"
    read -r p f s <<<"${counts:-0 1 0}"
    client_passed=$((client_passed + p)) client_failed=$((client_failed + f)) client_skipped=$((client_skipped + s))
}
run_client node
run_client python

# The runner's summary has one line each: "  failed: N", "  succeeded: N", "  skipped: N".
count() { sed -nE "s/^ *$1: ([0-9]+)$/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
echo "$((${passed:-0} + client_passed)) passed, $((${failed:-0} + client_failed)) failed, $((${skipped:-0} + client_skipped)) skipped"
if [ "$status" -ne 0 ] || [ "${passed:-0}" -eq 0 ] || [ "$client_failed" -gt 0 ]; then
    exit 1
fi
