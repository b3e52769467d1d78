#!/usr/bin/env bash
# Compares what a Hearth server counted with what an access log says: for every path, the number of GETs answered 2xx or
# 304 (taken from the log by awk, without the replay tool) against GET /views.
#
#   eng/replay-check.sh URL LOG        HEARTH_KEY holds a key of scope app, where the server has keys
#
# The server must have counted nothing but this log. Exit code: 0 all equal, 1 some differ, 2 it could not be checked.
set -euo pipefail

if [ $# -ne 2 ] || [ ! -r "$2" ]; then
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2
    exit 2
fi
url=${1%/} log=$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# path<TAB>count. Fields are split at spaces: 6 is the method with the quote before it, 7 the target, 9 the status.
# A path of more than 256 bytes, or with a log's escape in it, is no page that this simple computation can name.
LC_ALL=C awk '
    $6 == "\"GET" && ($9 ~ /^2[0-9][0-9]$/ || $9 == "304") && $7 ~ /^\// {
        sub(/\?.*/, "", $7)
        if (length($7) <= 256 && index($7, "\\") == 0) counts[$7]++
    }
    END { for (path in counts) printf "%s\t%d\n", path, counts[path] }
' "$log" | LC_ALL=C sort >"$work/expected"

# One page, however its path was encoded: decoded where that is UTF-8, %2F left as it is.
python3 - "$work/expected" >"$work/decoded" <<'PYTHON'
import re
import sys
from collections import Counter

def decode(run):
    octets = bytes.fromhex(run.group().replace(b"%", b"").decode())
    try:
        octets.decode()
    except UnicodeDecodeError:
        return run.group()
    return octets

pages = Counter()
for line in open(sys.argv[1], "rb"):
    path, count = line.rstrip(b"\n").split(b"\t")
    pages[re.sub(rb"(?:%(?!2[Ff])[0-9A-Fa-f]{2})+", decode, path)] += int(count)
sys.stdout.buffer.writelines(b"%s\t%d\n" % page for page in sorted(pages.items()))
PYTHON
mv "$work/decoded" "$work/expected"

# Queries of at most 500 pages, and short enough for a server that bounds its request line to 8 KiB.
python3 - "$work/expected" "$url" >"$work/queries" <<'PYTHON'
import sys
from urllib.parse import quote_from_bytes

expected, url = sys.argv[1:]
query = []
for line in open(expected, "rb"):
    page = "pages=" + quote_from_bytes(line.split(b"\t")[0], safe="/")
    if len(query) == 500 or sum(map(len, query)) + len(query) + len(page) > 7000:
        print(f'url = "{url}/views?{"&".join(query)}"')
        query = []
    query.append(page)
if query:
    print(f'url = "{url}/views?{"&".join(query)}"')
PYTHON

key=()
if [ -n "${HEARTH_KEY:-}" ]; then
    printf 'header = "Authorization: Bearer %s"\n' "$HEARTH_KEY" >"$work/key"
    key=(--config "$work/key")
fi

# One answer a line, in the order of the queries.
curl --silent --show-error --fail --fail-early --retry 3 --retry-connrefused --write-out '\n' "${key[@]}" --config "$work/queries" >"$work/answers" || {
    echo "GET $url/views failed: $(tail -c 300 "$work/answers")" >&2
    exit 2
}

python3 - "$work/expected" "$work/answers" <<'PYTHON'
import json
import sys

expected_file, answers_file = sys.argv[1:]
expected = {}
for line in open(expected_file, encoding="utf-8", newline="\n"):
    page, count = line.rstrip("\n").split("\t")
    expected[page] = int(count)
actual = {item["page"]: item["views"] for line in open(answers_file, encoding="utf-8", newline="\n") if line.strip() for item in json.loads(line)}

differing = [(page, count, actual.get(page)) for page, count in expected.items() if actual.get(page) != count]
for page, count, views in differing[:20]:
    print(f"differs: {page}: the log has {count}, the server {views}")
if len(differing) > 20:
    print(f"... and {len(differing) - 20} more")
print(f"{len(expected)} paths compared, {len(expected) - len(differing)} equal, {len(differing)} differing; "
      f"views in the log {sum(expected.values())}, on the server {sum(actual.values())}")
sys.exit(1 if differing or not expected else 0)
PYTHON
