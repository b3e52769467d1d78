#!/usr/bin/env bash
# Counting views: Hearth beside what a site would use instead. Options are those of bench/lib.sh, and
#   --mode embedded|cluster|both (both), --pages N (1000000, of the measure "distinct"), --lag N (60 seconds)
# Measures: singles, hot, batches, half, lag, distinct, rows.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

modes="embedded cluster" distinct_pages=1000000 lag_seconds=60
option() {
    case $1 in
        --mode) modes=${2/both/embedded cluster} ;;
        --pages) distinct_pages=$2 ;;
        --lag) lag_seconds=$2 ;;
        *) fail "does not know $1" ;;
    esac
}
bench_begin views "$@"

url_of() { local variable=${1}_url; echo "${!variable}"; }

# with_views PER_REQUEST LOAD...: adds views a second to what the load says.
with_views() {
    local per_request=$1
    shift
    "$@" | awk -v n="$per_request" '{ split($1, rate, "="); print "views_per_second=" rate[2] * n, $0 }'
}

# contest ROUND MEASURE CONTESTANT VIEWS_PER_REQUEST URL SCRIPT: round 0 warms up, twice as long as a turn, since .NET
# still compiles after that.
contest() {
    if [ "$1" -eq 0 ]; then
        wrk_load "$5" "$6" $((2 * seconds)) >"$folder/warm-up"
    else
        turn "$2" "$3" "$1" with_views "$4" wrk_load "$5" "$6"
    fi
}

singles() {
    local round mode
    for round in $(seq 0 "$rounds"); do
        [ -z "${nginx_url:-}" ] || contest "$round" singles nginx-204 1 "$nginx_url" view.lua
        [ -z "${raw_url:-}" ] || contest "$round" singles kestrel-204 1 "$raw_url" view.lua
        for mode in $modes; do contest "$round" singles "hearth-$mode" 1 "$(url_of "$mode")" view.lua; done
        [ -z "${webdis_url:-}" ] || contest "$round" singles webdis-incr 1 "$webdis_url" view-webdis.lua
        [ -z "${lua_url:-}" ] || contest "$round" singles nginx-lua-redis 1 "$lua_url" view.lua
        [ -z "${redis_url:-}" ] || contest "$round" singles aspnet-redis 1 "$redis_url" view.lua
        [ -z "${pg_url:-}" ] || contest "$round" singles aspnet-postgres 1 "$pg_url" view.lua
        [ -z "${django_url:-}" ] || contest "$round" singles django-redis 1 "$django_url" view.lua
    done
    goal singles views_per_second hearth-embedded kestrel-204 0.85
    goal singles views_per_second hearth-cluster kestrel-204 0.85
    goal singles views_per_second hearth-cluster webdis-incr 1.2
    goal singles views_per_second hearth-cluster django-redis 12
    goal singles views_per_second hearth-cluster aspnet-postgres 9
}

# Beside "singles" once more, since these two are compared with it.
hot_and_batches() {
    local round mode
    for round in $(seq 0 "$rounds"); do
        for mode in $modes; do
            contest "$round" many-pages "hearth-$mode" 1 "$(url_of "$mode")" view.lua
            if wants hot; then PAGES=1 contest "$round" hot "hearth-$mode" 1 "$(url_of "$mode")" view.lua; fi
            if wants batches; then contest "$round" batches "hearth-$mode" 100 "$(url_of "$mode")" view-batch.lua; fi
        done
    done
    for mode in $modes; do
        goal hot views_per_second "hearth-$mode" "many-pages/hearth-$mode" 1
        goal batches views_per_second "hearth-$mode" "many-pages/hearth-$mode" 10
    done
}

# Latency at half of what the closed loop has just reached, after half a minute at full load: .NET compiles for that long.
half() {
    local round mode peak
    for mode in $modes; do
        wrk_load "$(url_of "$mode")" view.lua 30 >"$folder/warm-up"
        for round in $(seq 1 "$rounds"); do
            settle
            peak=$(wrk_load "$(url_of "$mode")" view.lua | sed 's/requests_per_second=\([0-9]*\).*/\1/')
            turn half "hearth-$mode" "$round" load rate --url "$(url_of "$mode")" --connections "$connections" --rate $((peak / 2)) --seconds "$seconds"
        done
        limit half p99_ms "hearth-$mode" at_most 5
    done
}

lag_under_load() {
    wrk_load "$1" view.lua "$lag_seconds" >"$folder/lag-load" &
    local loading=$!
    load lag --url "$1" --seconds "$lag_seconds"
    wait "$loading"
}

lag() {
    local mode
    for mode in $modes; do
        turn lag "hearth-$mode" 1 lag_under_load "$(url_of "$mode")"
        limit lag max_ms "hearth-$mode" at_most 1000
    done
}

# Where the readers and pages of a mode are, and their process.
pages_url() { if [ "$1" = cluster ]; then echo "$silo_url"; else url_of "$1"; fi; }
resident() { awk '/VmRSS/ { printf "%.0f\n", $2 * 1024 }' "/proc/$(cat "$folder/$([ "$1" = cluster ] && echo silo || echo "$1").pid")/status"; }

# metric URL NAME: the sum over all tags.
metric() { curl -fs --max-time 10 "$1/metrics" | awk -v name="$2" '$1 ~ "^" name "([{]|$)" { sum += $2 } END { printf "%.0f", sum }'; }

# reach METRIC MODE VALUE: waits until the metric has grown to the value.
reach() {
    local deadline=$((SECONDS + 600))
    until [ "$(metric "$(pages_url "$2")" "$1")" -ge "$3" ]; do
        [ "$SECONDS" -lt "$deadline" ] || fail "$1 did not reach $3 within ten minutes"
        sleep 0.5
    done
}

now() { date +%s.%N; }

# held MODE: pages in memory.
held() { curl -fs --max-time 10 "$(url_of "$1")/status" | python3 -c 'import json, sys; print(json.load(sys.stdin)["activations"].get("page", 0))'; }

# One view of each page; "applied" and "flushed" count from the first request. Pages leave memory while the others come, and
# all the rest once nobody views them.
drain() {
    local mode=$1 applied flushed before began accepted resident held idle
    applied=$(metric "$(pages_url "$mode")" hearth_views_applied_total)
    flushed=$(metric "$(pages_url "$mode")" hearth_views_flush_rows_total)
    before=$(resident "$mode")
    began=$(now)
    accepted=$(load distinct --url "$(url_of "$mode")" --connections "$connections" --pages "$distinct_pages")
    reach hearth_views_applied_total "$mode" $((applied + distinct_pages))
    applied=$(now)
    resident=$(resident "$mode")
    held=$(held "$mode")
    reach hearth_views_flush_rows_total "$mode" $((flushed + distinct_pages))
    flushed=$(now)
    idle=$SECONDS
    until [ "$(held "$mode")" -le $((distinct_pages / 100)) ]; do
        [ $((SECONDS - idle)) -lt 600 ] || fail "idle pages did not leave memory within ten minutes"
        sleep 2
    done
    awk -v n="$distinct_pages" -v began="$began" -v applied="$applied" -v flushed="$flushed" -v before="$before" -v resident="$resident" \
        -v held="$held" -v after="$(resident "$mode")" -v idle=$((SECONDS - idle)) -v said="$accepted" 'BEGIN {
        printf "%s applied_per_second=%.0f drained_per_second=%.0f held=%d bytes_per_page=%.0f resident_mib=%.0f gone_after_seconds=%d resident_after_mib=%.0f\n",
            said, n / (applied - began), n / (flushed - began), held, (resident - before) / held, resident / 2 ^ 20, idle, after / 2 ^ 20 }'
}

distinct() {
    local mode
    for mode in $modes; do
        turn distinct "hearth-$mode" 1 drain "$mode"
        goal distinct requests_per_second "hearth-$mode" "many-pages/hearth-$mode" 1
        limit distinct drained_per_second "hearth-$mode" at_least 10000
        limit distinct bytes_per_page "hearth-$mode" at_most 3072
    done
}

# rows_written MODE SCRIPT SECONDS: rows written to page_views, and as many to page_view_days.
rows_written() {
    local mode=$1 rows views
    rows=$(metric "$(pages_url "$mode")" hearth_views_flush_rows_total)
    views=$(metric "$(url_of "$mode")" hearth_views_accepted_total)
    wrk_load "$(url_of "$mode")" "$2" "$3" >"$folder/rows-load"
    sleep 25
    views=$(($(metric "$(url_of "$mode")" hearth_views_accepted_total) - views))
    rows=$((2 * ($(metric "$(pages_url "$mode")" hearth_views_flush_rows_total) - rows)))
    awk -v rows="$rows" -v views="$views" 'BEGIN { printf "views=%d rows=%d rows_percent=%.3f\n", views, rows, 100 * rows / views }'
}

# About a million views, one at a time and in batches: a page's rows are written once a flush, however many views it had.
rows() {
    local mode
    for mode in $modes; do
        turn rows "hearth-$mode" 1 rows_written "$mode" view.lua 60
        turn rows-batches "hearth-$mode" 1 rows_written "$mode" view-batch.lua 4
        limit rows rows_percent "hearth-$mode" at_most 1
        limit rows-batches rows_percent "hearth-$mode" at_most 1
    done
}

start_contestants() {
    local mode
    for mode in $modes; do start_hearth "$mode"; done
    if wants singles; then
        start_nginx || true
        start_webdis || true
        start_django || true
        start_peer raw
        start_peer redis
        ! has initdb || start_peer pg
    fi
}

start_contestants
if wants singles; then singles; fi
if wants hot || wants batches; then hot_and_batches; fi
if wants half; then half; fi
if wants lag; then lag; fi
if wants rows; then rows; fi
if wants distinct; then distinct; fi
report
