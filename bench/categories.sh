#!/usr/bin/env bash
# Categories: Hearth's cluster beside a recursive query, ltree and a static file, all on the same PostgreSQL and machine.
# Options are those of bench/lib.sh, and
#   --categories N (100000), --products N (500000)
# Measures: tree (the index by itself), import, descendants, lag, pages, bytes (sent to a front end for an edit), outside
# (edits by other programs; it empties the table).
set -euo pipefail
source "$(dirname "$0")/lib.sh"

categories=100000 products=500000
option() {
    case $1 in
        --categories) categories=$2 ;;
        --products) products=$2 ;;
        *) fail "does not know $1" ;;
    esac
}
bench_begin categories "$@"
dotnet build "$bench/Trees" --nologo --verbosity quiet --configuration Release >&2

python3 "$bench/catalogue.py" categories "$categories" >"$folder/categories.tsv"

if wants tree; then
    settle
    dotnet "$(program Trees)" "$folder/categories.tsv" | tee "$folder/trees.txt" >&2
fi

# A second front end: edits go through one and are looked for on the other.
start_second() {
    second_url=http://127.0.0.1:$(free_port)
    launch second env "ConnectionStrings__Redis=127.0.0.1:$hearth_redis_port" "ConnectionStrings__Postgres=$postgres" \
        dotnet "$(program WebFrontend)" --urls "$second_url"
    wait_for 60 second ready "$second_url"
}

# The silo's memory is looked at twice a second while a file is imported.
import() {
    local silo peak=0 now started
    silo=$(cat "$folder/silo.pid")
    started=$(date +%s.%N)
    curl -fsS -X POST "$cluster_url/$1/import" -H 'Content-Type: text/tab-separated-values' --data-binary "@$2" >"$folder/imported" &
    local import=$!
    while alive "$import"; do
        now=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$silo/status")
        [ "$now" -le "$peak" ] || peak=$now
        sleep 0.5
    done
    wait "$import"
    awk -v s="$started" -v e="$(date +%s.%N)" -v p="$peak" 'BEGIN { printf "seconds=%.2f silo_peak_mib=%d\n", e - s, p }'
}

# bytes URL: requests a second and the length of the answer.
bytes() { echo "$(wrk_load "$1" get.lua) bytes=$(curl -fsS "$1" | wc -c)"; }

start_hearth cluster
start_second
turn import hearth-cluster 1 import categories "$folder/categories.tsv"
limit import seconds hearth-cluster at_most 60

if wants descendants; then
    connections=8
    mkdir -p "$folder/files"
    curl -fsS "$cluster_url/categories/c1/descendants" >"$folder/files/c1.json"
    chmod -R a+rX "$folder/files"
    categories_url=http://127.0.0.1:$(free_port)
    launch aspnet-categories dotnet "$(program Peers)" --mode categories --urls "$categories_url" \
        --postgres "$postgres;Maximum Pool Size=50;Command Timeout=0" --files "$folder/files"
    wait_for 120 aspnet-categories answers "$categories_url"
    for round in $(seq "$rounds"); do
        turn descendants hearth-cluster "$round" bytes "$cluster_url/categories/c1/descendants"
        turn descendants static-file "$round" bytes "$categories_url/files/c1.json"
        turn descendants recursive-query "$round" bytes "$categories_url/recursive/c1"
        turn descendants ltree-gist "$round" bytes "$categories_url/ltree/c1"
    done
    goal descendants requests_per_second hearth-cluster recursive-query 100
    goal descendants requests_per_second hearth-cluster ltree-gist 20
    goal descendants requests_per_second hearth-cluster static-file 0.7
fi

if wants lag; then
    for round in $(seq "$rounds"); do turn lag hearth-cluster "$round" python3 "$bench/category_times.py" lag "$cluster_url" "$second_url" 60; done
    turn lag-large hearth-cluster 1 python3 "$bench/category_times.py" lag-large "$cluster_url" "$second_url" 40
    limit lag median_ms hearth-cluster at_most "$([ "$categories" -gt 200000 ] && echo 200 || echo 50)"
fi

if wants pages; then
    python3 "$bench/catalogue.py" products "$categories" "$products" >"$folder/products.tsv"
    turn import-products hearth-cluster 1 import products "$folder/products.tsv"
    for category in few thousand c1 c0; do
        for round in $(seq "$rounds"); do
            turn "pages-$category" hearth-cluster "$round" python3 "$bench/category_times.py" pages "$cluster_url" "$category" 100
        done
    done
fi

# The bytes that a front end has received on all of its connections, as the kernel counts them.
received() { ss -tinHpO state established | grep "pid=$(cat "$folder/second.pid")," | grep -oE 'bytes_received:[0-9]+' | awk -F: '{ n += $2 } END { print n + 0 }'; }

# What the second front end receives while the first makes 50 edits, less what it receives in as long without.
edit_bytes() {
    local start before between number
    sleep 2
    start=$(received)
    sleep 5
    before=$(received)
    for number in $(seq 50); do
        curl -fsS -o "$folder/edited" -X PATCH "$cluster_url/categories/few" -H 'Content-Type: application/json' -d "{\"name\":\"Name $number\"}"
    done
    while [ "$(curl -s -o "$folder/answer" -w '%{http_code}' "$second_url/categories/few/children?minVersion=$(sed 's/.*"version":\([0-9]*\).*/\1/' "$folder/edited")")" != 200 ]; do sleep 0.1; done
    between=$(($(received) - before))
    echo "bytes_per_edit=$(((between - (before - start)) / 50)) idle_bytes_per_5s=$((before - start))"
}
if wants bytes; then turn bytes hearth-cluster 1 edit_bytes; fi

if wants outside; then
    start_hearth embedded
    curl -fsS -X POST "$embedded_url/categories/import" -H 'Content-Type: text/tab-separated-values' --data-binary "@$folder/categories.tsv" >"$folder/imported"
    turn outside hearth-cluster 1 python3 "$bench/category_times.py" outside "$silo_url" "$cluster_url,$second_url" psql -h 127.0.0.1 -p "$postgres_port" -U postgres
    turn outside hearth-embedded 1 python3 "$bench/category_times.py" outside "$embedded_url" "$embedded_url" "$folder/data/site.db"
fi

report
