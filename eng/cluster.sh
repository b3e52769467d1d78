#!/usr/bin/env bash
# The whole cluster on this machine as plain processes: Redis, PostgreSQL, two silos, two front ends, on free ports of
# 127.0.0.1 with their data in one temporary folder. Installs nothing.
#   eng/cluster.sh up       builds (unless BUILD=no; CONFIGURATION is Release or Debug), starts all and waits until every part is ready; prints the addresses
#   eng/cluster.sh status   says which processes run and whether they are ready
#   eng/cluster.sh logs     follows all logs
#   eng/cluster.sh down     stops what "up" started, by process id, and removes the folder
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
pointer=${CLUSTER:-artifacts/cluster}

fail() { echo "eng/cluster.sh: $*" >&2; exit 1; }
folder() { [ -f "$pointer" ] && cat "$pointer" || fail "no cluster is up; start one with eng/cluster.sh up"; }
alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

need() {
    command -v "$1" >/dev/null || fail "needs $1, which is not on the PATH; the Debian package is $2"
}

# Debian keeps PostgreSQL's programs off the PATH.
for bin in /usr/lib/postgresql/*/bin; do
    if ! command -v initdb >/dev/null && [ -x "$bin/initdb" ]; then PATH=$PATH:$bin; fi
done

free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then su postgres -c "$1"; else sh -c "$1"; fi
}

# start NAME COMMAND...: a process of its own with its log and its id in the folder.
start() {
    local name=$1
    shift
    setsid "$@" >"$dir/$name.log" 2>&1 </dev/null &
    echo $! >"$dir/$name.pid"
}

# wait_for SECONDS WHAT COMMAND...: repeats the command until it succeeds.
wait_for() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || { tail -n 20 "$dir"/*.log >&2; fail "$what did not happen in time; the logs are in $dir"; }
        sleep 0.2
    done
}

redis_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$redis_port" && printf 'PING\r\n' >&3 && read -r -t 1 answer <&3 && [[ $answer == +PONG* ]]); }
ready() { curl -fs --max-time 5 "$1/health/ready"; }
two_silos() { [ "$(curl -fs --max-time 5 "$1/status" | grep -o '"Active"' | wc -l)" -eq 2 ]; }

up() {
    if [ -f "$pointer" ]; then fail "a cluster is up already in $(cat "$pointer"); eng/cluster.sh down stops it"; fi
    need dotnet dotnet-sdk-10.0
    need curl curl
    need redis-server redis-server
    for program in initdb pg_ctl postgres; do need "$program" postgresql; done
    if [ "${BUILD:-yes}" != no ]; then
        dotnet build Silo --nologo --verbosity quiet --configuration "$configuration"
        dotnet build WebFrontend --nologo --verbosity quiet --configuration "$configuration"
    fi

    dir=$(mktemp -d "${TMPDIR:-/tmp}/hearth-cluster.XXXXXX")
    mkdir -p "$(dirname "$pointer")"
    echo "$dir" >"$pointer"
    mkdir "$dir/redis" "$dir/postgres"
    redis_port=$(free_port)
    start redis "$(command -v redis-server)" --bind 127.0.0.1 --port "$redis_port" --dir "$dir/redis" --appendonly yes --appendfsync always --save "" --maxmemory-policy noeviction
    start_postgres
    wait_for 15 "Redis' start" redis_answers
    export ConnectionStrings__Redis="127.0.0.1:$redis_port"
    export ConnectionStrings__Postgres="Host=127.0.0.1;Port=$postgres_port;Username=postgres;Database=postgres"
    start_hearth
}

start_postgres() {
    postgres_port=$(free_port)
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$dir/postgres"; chmod 755 "$dir"; fi
    as_postgres "$(command -v initdb) -D $dir/postgres/data -U postgres -A trust -E UTF8 --locale=C" >"$dir/initdb.log"
    as_postgres "$(command -v pg_ctl) -D $dir/postgres/data -l $dir/postgres/postgres.log -w -o '-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=' start" >>"$dir/initdb.log"
    head -n 1 "$dir/postgres/data/postmaster.pid" >"$dir/postgres.pid"
}

start_hearth() {
    local i url urls=()
    for i in 1 2; do
        url="http://127.0.0.1:$(free_port)"
        echo "$url" >"$dir/silo$i.url"
        ASPNETCORE_URLS=$url start "silo$i" dotnet "artifacts/bin/Hearth.Silo/${configuration,,}/Hearth.Silo.dll"
    done
    for i in 1 2; do
        url="http://127.0.0.1:$(free_port)"
        echo "$url" >"$dir/frontend$i.url"
        urls+=("$url")
        ASPNETCORE_URLS=$url start "frontend$i" dotnet "artifacts/bin/Hearth.WebFrontend/${configuration,,}/Hearth.WebFrontend.dll"
    done
    for url in "${urls[@]}"; do
        wait_for 60 "The readiness of $url" ready "$url"
        wait_for 60 "Two silos as $url sees them" two_silos "$url"
    done
    status
}

status() {
    dir=$(folder)
    local pid name state url
    for pid in "$dir"/*.pid; do
        name=$(basename "$pid" .pid)
        url=$(cat "$dir/$name.url" 2>/dev/null || true)
        state=running
        if ! alive "$(cat "$pid")"; then
            state=stopped
        elif [ -n "$url" ]; then
            ready "$url" >/dev/null && state=ready || state=unready
        fi
        printf '%-10s %-8s %7s  %s\n' "$name" "$state" "$(cat "$pid")" "$url"
    done
    echo "logs and data: $dir"
}

# stop NAME...: SIGTERM to all, then waits for each; SIGKILL after 15 seconds.
stop() {
    local name pid deadline=$((SECONDS + 15))
    for name in "$@"; do
        pid=$(cat "$dir/$name.pid" 2>/dev/null) && kill -TERM "$pid" 2>/dev/null || true
    done
    for name in "$@"; do
        pid=$(cat "$dir/$name.pid" 2>/dev/null) || continue
        while alive "$pid"; do
            if [ "$SECONDS" -ge "$deadline" ]; then echo "$name did not stop; killing it" >&2; kill -KILL "$pid" || true; fi
            sleep 0.1
        done
    done
}

down() {
    dir=$(folder)
    stop frontend1 frontend2
    stop silo1 silo2
    stop redis
    # SIGINT ends PostgreSQL's connections, where SIGTERM would wait for them.
    if [ -f "$dir/postgres.pid" ]; then
        kill -INT "$(cat "$dir/postgres.pid")" 2>/dev/null || true
        stop postgres
    fi
    rm -rf "$dir" "$pointer"
}

logs() {
    dir=$(folder)
    tail -n 50 -F "$dir"/*.log "$dir"/postgres/*.log
}

case ${1:-} in
    up | down | status | logs) "$1" ;;
    *) sed -n 's/^#   //p' "$0" >&2; exit 2 ;;
esac
