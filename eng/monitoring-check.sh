#!/usr/bin/env bash
# Checks the alert rules and the dashboard against a running cluster: promtool takes the rules and their tests; a Prometheus
# reads every process, and each query of the dashboard and of the rules must name figures that are there, and each of the
# dashboard must draw something. Needs prometheus and promtool, and what eng/cluster.sh needs.
#   eng/monitoring-check.sh up     also starts a cluster of its own (eng/cluster.sh), and stops it; otherwise the one that is up
set -euo pipefail
cd "$(dirname "$0")/.."

monitoring=deploy/monitoring
promtool check rules "$monitoring/alerts.yml"
promtool test rules "$monitoring/alerts.test.yml"

work=$(mktemp -d)
prometheus=
traffic=
stream=
own=
finish() {
    local process
    for process in $traffic $stream $prometheus; do kill "$process" 2>/dev/null && wait "$process" || true; done
    if [ -n "$own" ]; then eng/cluster.sh down; fi
    rm -rf "$work"
}
trap finish EXIT
if [ "${1:-}" = up ]; then
    export CLUSTER=$work/cluster
    own=yes
    eng/cluster.sh up
fi

targets() { eng/cluster.sh status | awk -v kind="^$1" '$1 ~ kind { sub("http://", "", $4); printf "%s\"%s\"", (n++ ? ", " : ""), $4 }'; }
front_end=http://$(targets frontend1 | tr -d '"')
# The shipped file, with this cluster's addresses and without keys.
python3 - "$monitoring/prometheus.yml" "$(targets silo)" "$(targets frontend)" >"$work/prometheus.yml" <<'PYTHON'
import re
import sys

text, silos, front_ends = open(sys.argv[1]).read(), sys.argv[2], sys.argv[3]
text = re.sub(r"targets: \[silo1.*\]", f"targets: [{silos}]", text)
text = re.sub(r"targets: \[frontend1.*\]", f"targets: [{front_ends}]", text)
text = re.sub(r"    authorization:\n.*\n", "", text)
print(text.replace("scrape_interval: 15s", "scrape_interval: 2s").replace("rule_files:\n  - alerts.yml\n", ""))
PYTHON

port=$((20000 + RANDOM % 12000))
prometheus --config.file "$work/prometheus.yml" --storage.tsdb.path "$work/data" --web.listen-address "127.0.0.1:$port" >"$work/prometheus.log" 2>&1 &
prometheus=$!

# A little of everything, for as long as the queries are asked: a rate over nothing is nothing.
traffic() {
    local n session
    for n in $(seq 300); do
        curl -fs -X POST "$front_end/views" -H 'Content-Type: application/json' -d "[{\"page\":\"/p$((n % 5))\",\"id\":\"e$((n / 2))\"}]" -o "$work/answer"
        curl -fs -X PUT "$front_end/users/u$n/presence"
        curl -fs -X PUT "$front_end/cache/k" -d value
        curl -fs "$front_end/cache/k" -o "$work/answer"
        curl -s "$front_end/cache/none" -o "$work/answer"
        session=$(curl -fs -X POST "$front_end/sessions" | sed 's/.*"id":"\([^"]*\)".*/\1/')
        curl -fs -X DELETE "$front_end/sessions/$session"
        curl -fs -X POST "$front_end/categories" -H 'Content-Type: application/json' -d "{\"name\":\"C$n\"}" -o "$work/answer"
        sleep 0.5
    done
}
traffic &
traffic=$!
curl -sN "$front_end/presence/events" >"$work/events" &
stream=$!

# Some figures come late: presence is written each half minute, a rate needs several readings.
python3 - "$monitoring" "http://127.0.0.1:$port" <<'PYTHON'
import json
import math
import re
import sys
import time
import urllib.parse
import urllib.request

folder, url = sys.argv[1:]

# Away as long as all is well.
QUIET = {"hearth_views_refused_total", "hearth_views_pages_deferred", "hearth_views_log_replays_total", "hearth_categories_edit_retries_total",
         "orleans_app_requests_timedout_total", "orleans_storage_write_errors_total"}


def ask(query):
    with urllib.request.urlopen(f"{url}/api/v1/query?{urllib.parse.urlencode({'query': query})}") as answer:
        return json.load(answer)["data"]["result"]


def expressions(part):
    if isinstance(part, dict):
        return ([part["expr"]] if "expr" in part else []) + [found for value in part.values() for found in expressions(value)]
    return [found for value in part for found in expressions(value)] if isinstance(part, list) else []


def names(query):
    plain = re.sub(r"\{[^}]*\}|\[[^]]*\]|\bby \([^)]*\)", "", query)
    return set(re.findall(r"\b(?:up|(?:hearth|http|orleans|dotnet|process)_\w+)\b", plain))


def problems():
    found = [f"nothing is called {name}" for name in sorted(watched | drawn) if name not in QUIET and not ask(name)]
    for query in dashboard:
        values = [float(one["value"][1]) for one in ask(query.replace("$__rate_interval", "30s"))]
        if not any(math.isfinite(value) for value in values) and not names(query) & QUIET:
            found.append(f"draws nothing: {query}")
    return found


with open(f"{folder}/grafana-dashboard.json") as file:
    dashboard = sorted(set(expressions(json.load(file))))
with open(f"{folder}/alerts.yml") as file:
    rules = re.findall(r"expr: (?:\|\n((?: {10,}.*\n)+)|(.*))", file.read())
watched = {name for rule in rules for name in names("".join(rule))}
drawn = {name for query in dashboard for name in names(query)}

deadline = time.monotonic() + 100
while (wrong := problems()) and time.monotonic() < deadline:
    time.sleep(2)
print("\n".join(wrong))
print(f"{len(dashboard)} queries of the dashboard, {len(rules)} rules, {len(watched | drawn)} figures: {len(wrong)} problems; "
      f"away because all is well: {', '.join(sorted(name for name in QUIET if not ask(name)))}")
sys.exit(1 if wrong else 0)
PYTHON
