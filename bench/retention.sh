#!/usr/bin/env bash
# What expires and what lies idle: a million sessions, 100,000 entries that expire in the same second, and a silo that is
# killed the moment before what it holds expires. Options are those of bench/lib.sh, and
#   --mode embedded|cluster|both (both), --sessions N (1000000), --entries N (100000)
# Measures: killed, expiry, sessions (about ten minutes a mode). "expiry" and "killed" fail where something outlives its
# expiry by more than 60 seconds, in memory or in the store; "sessions" where one that left memory is not as it was.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

modes="embedded cluster" sessions=1000000 entries=100000
option() {
    case $1 in
        --mode) modes=${2/both/embedded cluster} ;;
        --sessions) sessions=$2 ;;
        --entries) entries=$2 ;;
        *) fail "does not know $1" ;;
    esac
}
bench_begin retention "$@"

url_of() { local variable=${1}_url; echo "${!variable}"; }
store_of() { if [ "$1" = cluster ]; then echo "redis:$hearth_redis_port"; else echo "$folder/data/state.db"; fi; }
silo_of() { if [ "$1" = cluster ]; then echo silo; else echo embedded; fi; }
retention() { python3 "$bench/retention.py" "$@"; }

million() {
    local mode=$1 silo
    silo=$(cat "$folder/$(silo_of "$mode").pid")
    retention begin "$(url_of "$mode")" "$folder/kept-$mode"
    retention watch "$(url_of "$mode")" "$(store_of "$mode")" "$silo" "$sessions" >"$folder/watched-$mode" &
    local watching=$!
    while [ "$(retention count "$(store_of "$mode")" sessions)" -lt "$sessions" ]; do
        wrk_load "$(url_of "$mode")" session-create.lua 30 >&2
    done
    wait "$watching"
    retention check "$(url_of "$mode")" "$folder/kept-$mode" >&2
    cat "$folder/watched-$mode"
}

# The moment is far enough for all entries to have been put before.
expire() {
    local mode=$1 until=$(($(date +%s) + 60 + entries / 2000))
    UNTIL=$until LIMIT=$entries wrk_load "$(url_of "$mode")" cache-expire.lua $((30 + entries / 2000)) >"$folder/puts"
    retention expiry "$(url_of "$mode")" "$(store_of "$mode")" "$until" "$entries"
}

# The silo is killed a second before; the embedded one is started again, the cluster's stays dead.
kill_before() {
    local mode=$1 until=$(($(date +%s) + 20))
    retention short "$(url_of "$mode")" "$until"
    retention held "$(store_of "$mode")" >&2
    sleep $((until - 1 - $(date +%s)))
    kill -KILL "$(cat "$folder/$(silo_of "$mode").pid")"
    rm "$folder/$(silo_of "$mode").pid"
    if [ "$mode" = embedded ]; then start_hearth embedded; fi
    retention gone "$(store_of "$mode")" "$until"
}

for mode in $modes; do
    start_hearth "$mode"
    if wants killed; then
        turn killed "hearth-$mode" 1 kill_before "$mode"
        stop "$mode"
        start_hearth "$mode"
    fi
    if wants expiry; then turn expiry "hearth-$mode" 1 expire "$mode"; fi
    if wants sessions; then turn sessions "hearth-$mode" 1 million "$mode"; fi
    stop "$mode"
    stop silo
done
report
