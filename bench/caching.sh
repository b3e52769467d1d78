#!/usr/bin/env bash
# The cache and sessions: Hearth beside ASP.NET with StackExchange.Redis, reading and writing the same bytes; and
# IDistributedCache in a process beside Microsoft's providers for Redis and PostgreSQL. Options are those of bench/lib.sh, and
#   --mode embedded|cluster|both (both), --keys N (1000)
# Measures: get, put, session, distributed.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

modes="embedded cluster" keys=1000
option() {
    case $1 in
        --mode) modes=${2/both/embedded cluster} ;;
        --keys) keys=$2 ;;
        *) fail "does not know $1" ;;
    esac
}
bench_begin caching "$@"
export KEYS=$keys

url_of() { local variable=${1}_url; echo "${!variable}"; }

# contest ROUND MEASURE CONTESTANT URL SCRIPT: round 0 warms up.
contest() {
    if [ "$1" -eq 0 ]; then wrk_load "$4" "$5" >"$folder/warm-up"; else turn "$2" "$3" "$1" wrk_load "$4" "$5"; fi
}

rounds_of() {
    local round mode
    for round in $(seq 0 "$rounds"); do
        for mode in $modes; do
            [ "$1" != session ] || export SESSIONS=$folder/sessions-$mode
            contest "$round" "$1" "hearth-$mode" "$(url_of "$mode")" "$2"
        done
        [ "$1" != session ] || export SESSIONS=$folder/sessions-redis
        contest "$round" "$1" aspnet-redis "$redis_url" "$2"
    done
}

# Each session holds what makes its answer about as long as the peer's value.
make_sessions() {
    local mode data n
    data=$(printf 'x%.0s' $(seq 700))
    for mode in $modes; do
        for n in $(seq 200); do
            curl -fs -X POST "$(url_of "$mode")/sessions" -H 'Content-Type: application/json' -d "{\"user\":\"u$n\",\"data\":{\"k\":\"$data\"}}" |
                sed 's/.*"id":"\([^"]*\)".*/\1/'
            echo
        done >"$folder/sessions-$mode"
    done
    for n in $(seq 200); do
        curl -fs -X PUT "$redis_url/sessions/s$n" -d "{\"id\":\"s$n\",\"user\":\"u$n\",\"data\":{\"k\":\"$data\"}}"
        echo "s$n"
    done >"$folder/sessions-redis"
}

# distributed ROUND CONTESTANT ARGUMENTS...
distributed() { if [ "$1" -gt 0 ]; then turn distributed "$2" "$1" load cache --connections "$connections" --seconds "$seconds" "${@:3}"; fi; }

for mode in $modes; do start_hearth "$mode"; done
start_peer redis
if wants put || wants get; then rounds_of put cache-put.lua; fi
if wants get; then rounds_of get cache-get.lua; fi
if wants session; then
    make_sessions
    rounds_of session session-get.lua
fi
if wants distributed; then
    [ -n "${postgres:-}" ] || start_postgres
    for round in $(seq 1 "$rounds"); do
        distributed "$round" hearth-embedded --data "$folder/load-data"
        [ -z "${hearth_redis_port:-}" ] || distributed "$round" hearth-cluster --cluster "127.0.0.1:$hearth_redis_port" --postgres "$postgres"
        distributed "$round" microsoft-redis --redis "127.0.0.1:$peer_redis_port"
        distributed "$round" microsoft-postgres --rows "$postgres"
    done
fi
for measure in get session; do
    goal "$measure" requests_per_second hearth-cluster aspnet-redis 1.0
    goal "$measure" requests_per_second hearth-embedded aspnet-redis 1.3
done
goal put requests_per_second hearth-cluster aspnet-redis 0.7
goal put requests_per_second hearth-embedded aspnet-redis 0.7
report
