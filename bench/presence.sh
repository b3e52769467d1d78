#!/usr/bin/env bash
# Who is online: Hearth beside a key with a timeout in Redis. Options are those of bench/lib.sh, and
#   --mode embedded|cluster|both (both, of "recent" and "list"), --users N (1000000, of "million")
# Measures: recent, distinct, list, writes, million. All but the first and the third are of the cluster.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

modes="embedded cluster" users=1000000
option() {
    case $1 in
        --mode) modes=${2/both/embedded cluster} ;;
        --users) users=$2 ;;
        *) fail "does not know $1" ;;
    esac
}
bench_begin presence "$@"

url_of() { local variable=${1}_url; echo "${!variable}"; }

# contest ROUND MEASURE CONTESTANT URL SCRIPT: round 0 warms up.
contest() {
    if [ "$1" -eq 0 ]; then wrk_load "$4" "$5" $((2 * seconds)) >"$folder/warm-up"; else turn "$2" "$3" "$1" wrk_load "$4" "$5"; fi
}

recent() {
    local round mode
    for round in $(seq 0 "$rounds"); do
        contest "$round" recent kestrel-204 "$raw_url" presence-recent.lua
        for mode in $modes; do contest "$round" recent "hearth-$mode" "$(url_of "$mode")" presence-recent.lua; done
    done
    for mode in $modes; do goal recent requests_per_second "hearth-$mode" kestrel-204 0.9; done
}

distinct() {
    local round
    for round in $(seq 0 "$rounds"); do
        RUN=p$round contest "$round" distinct aspnet-redis "$redis_url" presence-distinct.lua
        RUN=h$round contest "$round" distinct hearth-cluster "$cluster_url" presence-distinct.lua
    done
    goal distinct requests_per_second hearth-cluster aspnet-redis 0.8
}

# The users asked about are online, at Hearth and at the peer.
list() {
    local round mode
    RUN=list wrk_load "$redis_url" presence-distinct.lua 4 >"$folder/warm-up"
    for mode in $modes; do RUN=list wrk_load "$(url_of "$mode")" presence-distinct.lua 4 >"$folder/warm-up"; done
    for round in $(seq 0 "$rounds"); do
        KNOWN=list contest "$round" list aspnet-redis "$redis_url" presence-list.lua
        for mode in $modes; do KNOWN=list contest "$round" list "hearth-$mode" "$(url_of "$mode")" presence-list.lua; done
    done
    for mode in $modes; do goal list requests_per_second "hearth-$mode" aspnet-redis 1; done
}

# restart_cluster SETTING...: with an empty Redis, so that what went before does not count.
restart_cluster() {
    stop cluster
    stop silo
    redis-cli -p "$hearth_redis_port" flushall >"$folder/flushed"
    start_hearth cluster "$@"
}

# A user who acts four times a second for one timeout of a minute: how many times Redis is told.
written() {
    local deadline
    redis-cli -p "$hearth_redis_port" monitor >"$folder/monitor.log" &
    local monitor=$!
    curl -fs -X PUT "$1/users/busy/presence"
    deadline=$((SECONDS + 60))
    while [ "$SECONDS" -lt "$deadline" ]; do
        curl -fs -X PUT "$1/users/busy/presence"
        sleep 0.25
    done
    kill "$monitor"
    echo "writes=$(grep -c '"HSET" "hearth/roster/.*"busy"' "$folder/monitor.log")"
}

writes() {
    restart_cluster Presence__OnlineTimeout=00:01:00
    turn writes hearth-cluster 1 written "$cluster_url"
    limit writes writes hearth-cluster at_most 12
}

# metric NAME URL: the sum over its labels.
metric() { curl -fs "$2/metrics" | awk -v name="$1" 'index($1, name) == 1 { sum += $2 } END { printf "%.0f\n", sum }'; }
online() { curl -fs "$cluster_url/presence/online?limit=1" | sed 's/.*"count":\([0-9]*\).*/\1/'; }
resident() { awk '/^VmRSS/ { printf "%.0f\n", $2 * 1024 }' "/proc/$(cat "$folder/silo.pid")/status"; }

# The median and the greatest of 20 answers.
answer_times() {
    for _ in $(seq 20); do curl -fs -o "$folder/answer" -w '%{time_total}\n' "$1"; done | sort -n |
        awk '{ all[NR] = $1 * 1000 } END { printf "median_ms=%.1f max_ms=%.1f\n", all[int((NR + 1) / 2)], all[NR] }'
}

fill_to() {
    local run=0
    while [ "$(online)" -lt "$1" ]; do
        run=$((run + 1))
        RUN=m$1-$run wrk_load "$cluster_url" presence-distinct.lua 5 >"$folder/warm-up"
    done
}

# Bytes of the silo for each user who came online since the start of the measure.
memory() {
    local count
    count=$(online)
    echo "users=$count resident_bytes_per_user=$((($(resident) - empty_resident) / count)) heap_bytes_per_user=$((($(metric dotnet_gc_last_collection_heap_size_bytes "$silo_url") - empty_heap) / count))"
}

million() {
    local step
    restart_cluster Presence__OnlineTimeout=01:00:00
    for step in 1 2 3; do curl -fs -o "$folder/answer" "$cluster_url/presence/online"; done
    empty_resident=$(resident) empty_heap=$(metric dotnet_gc_last_collection_heap_size_bytes "$silo_url")
    for step in 10000 100000 "$users"; do
        if [ "$step" -gt "$users" ]; then continue; fi
        fill_to "$step"
        settle
        turn "memory of $step users" hearth-cluster 1 memory
        limit "memory of $step users" resident_bytes_per_user hearth-cluster at_most 3072
    done
    turn "count of $users" hearth-cluster 1 answer_times "$cluster_url/presence/online?limit=1"
    limit "count of $users" max_ms hearth-cluster at_most 50
    turn "page of $users" hearth-cluster 1 answer_times "$cluster_url/presence/online?limit=1000&after=user-m"
    limit "page of $users" max_ms hearth-cluster at_most 20
}

if wants recent || wants list; then for mode in $modes; do [ "$mode" = cluster ] || start_hearth "$mode"; done; fi
start_hearth cluster
if wants recent; then start_peer raw; recent; fi
if wants distinct || wants list; then start_peer redis; fi
if wants distinct; then distinct; fi
if wants list; then list; fi
if wants writes; then writes; fi
if wants million; then million; fi
report
