#!/usr/bin/env bash
# Builds everything and runs every test. The embedded default needs nothing but the .NET SDK, and so do its tests.
# Ends with the line "N passed, N failed, N skipped"; the exit code is 0 only if none failed and some ran.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v dotnet >/dev/null; then
    echo "test.sh needs the .NET SDK 10 (the command 'dotnet'), which is not on the PATH." >&2
    exit 1
fi

dotnet build Orleans.sln --nologo --verbosity quiet

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --solution Orleans.sln --no-build --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log" || status=$?

# The runner's summary has one line each: "  failed: N", "  succeeded: N", "  skipped: N".
count() { sed -nE "s/^ *$1: ([0-9]+)$/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
if [ "$status" -ne 0 ] || [ "${passed:-0}" -eq 0 ]; then
    exit 1
fi
