#!/usr/bin/env bash
# Tests Python's client and the Django app against a real Hearth, embedded. Needs the built programs (dotnet build
# Orleans.sln), Django and urllib3. Ends with the line "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"

# skip REASON: the whole client is skipped, aloud.
skip() {
    echo "clients/python is skipped: $*" >&2
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

# Debian's Python has Debian's packages, whatever else is on the PATH.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
command -v "$python" >/dev/null || skip "python3 is missing"
"$python" -c 'import django, urllib3' 2>/dev/null || skip "Django or urllib3 is missing (Debian packages python3-django and python3-urllib3)"
program=$(cd ../.. && pwd)/artifacts/bin/Hearth.WebFrontend/debug/Hearth.WebFrontend.dll
[ -f "$program" ] || skip "Hearth is not built (dotnet build Orleans.sln)"

work=$(mktemp -d)
pid=
stop() {
    if [ -n "$pid" ]; then kill "$pid" 2>/dev/null && wait "$pid" || true; fi
    rm -rf "$work"
}
trap stop EXIT

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HEARTH_URL=http://127.0.0.1:$port PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=tests.settings
ASPNETCORE_URLS=$HEARTH_URL Storage__DataDirectory=$work/data dotnet "$program" >"$work/hearth.log" 2>&1 &
pid=$!
deadline=$((SECONDS + 120))
until "$python" -c "import urllib.request as r; r.urlopen('$HEARTH_URL/health/ready')" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] && kill -0 "$pid" || { cat "$work/hearth.log" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
    sleep 0.2
done

passed=0 failed=0
"$python" -m django test --pythonpath . tests 2>&1 | tee "$work/tests.log" || true
ran=$(sed -nE 's/^Ran ([0-9]+) tests? in .*/\1/p' "$work/tests.log" | tail -n 1)
failed=$(sed -nE 's/^FAILED \((.*)\)/\1/p' "$work/tests.log" | tail -n 1 | grep -oE '(failures|errors)=[0-9]+' | grep -oE '[0-9]+' | awk "{ sum += \$1 } END { print sum + 0 }" || true)
[ -n "${ran:-}" ] || { ran=0; failed=1; }
echo "$((ran - ${failed:-0})) passed, ${failed:-0} failed, 0 skipped"
[ "${failed:-0}" -eq 0 ] && [ "$ran" -gt 0 ]
