# What every bench script shares. Source it, then:
#   bench_begin NAME [OPTIONS]   reads the common options, makes the folder, builds; everything stops when the script ends
#   start_redis NAME             → NAME_port; appendonly, everysec
#   start_postgres               → postgres_port, postgres (a connection string)
#   start_hearth embedded|cluster [SETTING=VALUE ...]   → embedded_url or cluster_url; a cluster is one silo, one front end,
#                                Redis and PostgreSQL
#   start_peer raw|redis|pg, start_webdis, start_nginx, start_django   → NAME_url; false where the machine lacks it
#   turn MEASURE CONTESTANT ROUND COMMAND...   runs a load once the machine is idle and records what it says
#   wrk_load URL SCRIPT, load ARGUMENTS...     loads for "turn"
#   goal MEASURE METRIC CONTESTANT PEER FACTOR a ratio of medians that is aimed at
#   limit MEASURE METRIC CONTESTANT at_most|at_least VALUE
#   report                       prints medians, ratios and goals as a table, and writes them as JSON
#   stop NAME                    stops one server, by process id
# Options: --rounds N (3), --seconds N (6), --connections N (64), --only MEASURE,... (all), --json FILE.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bench=$root/bench

fail() { echo "$(basename "$0"): $*" >&2; exit 1; }
say() { echo "$*" >&2; }
alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
has() { command -v "$1" >/dev/null; }

# Debian keeps PostgreSQL's programs off the PATH.
for bin in /usr/lib/postgresql/*/bin; do
    if ! has initdb && [ -x "$bin/initdb" ]; then PATH=$PATH:$bin; fi
done

bench_begin() {
    name=$1
    shift
    rounds=3 seconds=6 connections=64 only= json=
    while [ $# -gt 0 ]; do
        case $1 in
            --rounds) rounds=$2 ;;
            --seconds) seconds=$2 ;;
            --connections) connections=$2 ;;
            --only) only=,$2, ;;
            --json) json=$2 ;;
            *) option "$1" "$2" ;;
        esac
        shift 2
    done
    for program in dotnet wrk python3 curl; do has "$program" || fail "needs $program"; done
    mkdir -p "$root/artifacts/bench"
    json=${json:-$root/artifacts/bench/$name.json}
    folder=$(mktemp -d "${TMPDIR:-/tmp}/hearth-bench.XXXXXX")
    chmod 755 "$folder"
    trap bench_end EXIT
    trap 'exit 130' INT TERM
    : >"$folder/results.tsv"
    : >"$folder/goals.tsv"
    local project
    for project in WebFrontend Silo bench/Peers bench/Load; do
        dotnet build "$root/$project" --nologo --verbosity quiet --configuration Release >&2
    done
}

# Overridden by scripts that take more options.
option() { fail "does not know $1; the options are at the top of bench/lib.sh"; }

# Whether a measure is wanted.
wants() { [ -z "$only" ] || [[ $only == *,$1,* ]]; }

program() { echo "$root/artifacts/bin/Hearth.$1/release/Hearth.$1.dll"; }

# Below the range that outgoing connections take their ports from.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# launch NAME COMMAND...: a process of its own with its log and its id in the folder.
launch() {
    local server=$1
    shift
    setsid "$@" >"$folder/$server.log" 2>&1 </dev/null &
    echo $! >"$folder/$server.pid"
}

# wait_for SECONDS NAME COMMAND...: repeats the command until it succeeds.
wait_for() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || { tail -n 20 "$folder/$what.log" >&2; fail "$what was not ready in time"; }
        sleep 0.1
    done
}

# stop NAME: SIGTERM, and SIGKILL after 15 seconds.
stop() {
    local pid deadline=$((SECONDS + 15)) signal=TERM
    pid=$(cat "$folder/$1.pid" 2>/dev/null) || return 0
    # SIGINT ends PostgreSQL's connections, where SIGTERM would wait for them.
    if [ "$1" = postgres ]; then signal=INT; fi
    kill -"$signal" "$pid" 2>/dev/null || true
    while alive "$pid"; do
        if [ "$SECONDS" -ge "$deadline" ]; then kill -KILL "$pid" 2>/dev/null || true; fi
        sleep 0.05
    done
    rm -f "$folder/$1.pid"
}

bench_end() {
    local status=$? server
    for server in embedded cluster silo aspnet-raw aspnet-redis aspnet-pg django webdis nginx; do stop "$server"; done
    for server in "$folder"/*.pid; do
        if [ -e "$server" ]; then stop "$(basename "$server" .pid)"; fi
    done
    if [ -n "${KEEP:-}" ]; then say "logs and data: $folder"; else rm -rf "$folder"; fi
    exit "$status"
}

is_redis() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'PING\r\n' >&3 && read -r -t 1 answer <&3 && [[ $answer == +PONG* ]]); }
answers() { curl -s --max-time 2 -o "$folder/answer" "$1"; }
ready() { curl -fs --max-time 5 -o "$folder/answer" "$1/health/ready"; }

start_redis() {
    has redis-server || fail "needs redis-server"
    local port
    port=$(free_port)
    mkdir -p "$folder/$1"
    launch "$1" redis-server --bind 127.0.0.1 --port "$port" --dir "$folder/$1" \
        --appendonly yes --appendfsync everysec --save "" --maxmemory-policy noeviction
    wait_for 15 "$1" is_redis "$port"
    printf -v "${1//-/_}_port" %s "$port"
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then su postgres -c "$1"; else sh -c "$1"; fi
}

start_postgres() {
    for bin in initdb pg_ctl; do has "$bin" || fail "needs $bin (Debian package postgresql)"; done
    postgres_port=$(free_port)
    mkdir "$folder/postgres"
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder/postgres"; fi
    as_postgres "$(command -v initdb) -D $folder/postgres/data -U postgres -A trust -E UTF8 --locale=C" >"$folder/initdb.log"
    as_postgres "$(command -v pg_ctl) -D $folder/postgres/data -l $folder/postgres/postgres.log -w -o '-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=' start" >>"$folder/initdb.log"
    head -n 1 "$folder/postgres/data/postmaster.pid" >"$folder/postgres.pid"
    postgres="Host=127.0.0.1;Port=$postgres_port;Username=postgres;Database=postgres"
}

start_hearth() {
    local mode=$1 url
    shift
    url=http://127.0.0.1:$(free_port)
    if [ "$mode" = cluster ]; then
        [ -n "${hearth_redis_port:-}" ] || start_redis hearth-redis
        [ -n "${postgres:-}" ] || start_postgres
        local stores=("ConnectionStrings__Redis=127.0.0.1:$hearth_redis_port" "ConnectionStrings__Postgres=$postgres")
        silo_url=http://127.0.0.1:$(free_port)
        launch silo env "${stores[@]}" "$@" dotnet "$(program Silo)" --urls "$silo_url"
        launch cluster env "${stores[@]}" "$@" dotnet "$(program WebFrontend)" --urls "$url"
    else
        mkdir -p "$folder/data"
        launch embedded env "$@" dotnet "$(program WebFrontend)" --urls "$url" --Storage:DataDirectory "$folder/data"
    fi
    wait_for 60 "$mode" ready "$url"
    printf -v "${mode}_url" %s "$url"
}

# Redis of the peers; another one than Hearth's, so that neither rewrites the other's file.
start_peer_redis() { [ -n "${peer_redis_port:-}" ] || start_redis peer-redis; }

start_peer() {
    local url
    url=http://127.0.0.1:$(free_port)
    case $1 in
        redis) start_peer_redis ;;
        pg) [ -n "${postgres:-}" ] || start_postgres ;;
    esac
    launch "aspnet-$1" dotnet "$(program Peers)" --mode "$1" --urls "$url" \
        --redis "127.0.0.1:${peer_redis_port:-}" --postgres "${postgres:-};Maximum Pool Size=50"
    wait_for 30 "aspnet-$1" answers "$url"
    printf -v "$1_url" %s "$url"
}

missing() { say "skipped: $1 (needs the Debian packages $2)"; return 1; }

start_webdis() {
    has webdis || missing webdis webdis || return 1
    start_peer_redis
    local port
    port=$(free_port)
    webdis_url=http://127.0.0.1:$port
    cat >"$folder/webdis.json" <<END
{"redis_host": "127.0.0.1", "redis_port": $peer_redis_port, "http_host": "127.0.0.1", "http_port": $port, "threads": 2, "pool_size": 10,
 "daemonize": false, "database": 0, "verbosity": 1, "logfile": "$folder/webdis-own.log"}
END
    launch webdis webdis "$folder/webdis.json"
    wait_for 15 webdis answers "$webdis_url/PING"
}

start_nginx() {
    if ! has nginx || [ ! -e /usr/lib/nginx/modules/ngx_http_lua_module.so ] || [ ! -e /usr/share/lua/5.1/nginx/redis.lua ]; then
        missing "nginx" "nginx libnginx-mod-http-lua lua-nginx-redis" || return 1
    fi
    start_peer_redis
    local port lua_port
    port=$(free_port) lua_port=$(free_port)
    mkdir -p "$folder/nginx"
    sed -e "s|@folder@|$folder|g" -e "s|@port@|$port|" -e "s|@lua_port@|$lua_port|" -e "s|@redis_port@|$peer_redis_port|" \
        "$bench/peers/nginx.conf" >"$folder/nginx.conf"
    nginx_url=http://127.0.0.1:$port
    lua_url=http://127.0.0.1:$lua_port
    launch nginx nginx -e "$folder/nginx/error.log" -c "$folder/nginx.conf"
    wait_for 15 nginx answers "$nginx_url"
}

start_django() {
    if [ ! -x /usr/bin/gunicorn ] || ! /usr/bin/python3 -c 'import django, django_redis' 2>/dev/null; then
        missing Django "python3-django python3-django-redis gunicorn" || return 1
    fi
    start_peer_redis
    local port
    port=$(free_port)
    django_url=http://127.0.0.1:$port
    launch django env REDIS="127.0.0.1:$peer_redis_port" PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 /usr/bin/gunicorn \
        --chdir "$bench/peers/django" -w 2 --worker-class gthread --threads 8 -b "127.0.0.1:$port" app:application
    wait_for 20 django answers "$django_url"
}

# The share of the machine's time that was not idle during the last half second, in percent.
busy() {
    local _ a b c d e f g h total idle
    read -r _ a b c d e f g h _ </proc/stat
    total=$((a + b + c + d + e + f + g + h)) idle=$((d + e))
    sleep 0.5
    read -r _ a b c d e f g h _ </proc/stat
    echo $((100 - 100 * (d + e - idle) / (a + b + c + d + e + f + g + h - total)))
}

# Waits until what the turn before left behind is done.
settle() {
    local tries
    for tries in $(seq 40); do
        if [ "$(busy)" -lt 15 ]; then return; fi
    done
    say "the machine is busy with something else; figures are doubtful"
}

# wrk_load URL SCRIPT [SECONDS]: a closed loop over all connections. Says requests a second, latencies and failures.
wrk_load() {
    wrk -t1 -c"$connections" -d"${3:-$seconds}s" --latency -s "$bench/wrk/$2" "$1" >"$folder/wrk.out" 2>&1 || { cat "$folder/wrk.out" >&2; return 1; }
    awk '
        function milliseconds(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
        $1 == "50%" { p50 = milliseconds($2) }
        $1 == "99%" { p99 = milliseconds($2) }
        /Requests\/sec/ { rate = $2 }
        /Non-2xx/ { failed += $NF }
        /Socket errors/ { gsub(",", ""); failed += $4 + $6 + $8 + $10 }
        END { printf "requests_per_second=%.0f p50_ms=%.3f p99_ms=%.3f failed=%d\n", rate, p50, p99, failed }' "$folder/wrk.out"
}

# load ARGUMENTS...: bench/Load, for open loops, lag and distinct pages.
load() { dotnet "$(program Load)" "$@"; }

turn() {
    local measure=$1 contestant=$2 round=$3 said pair
    shift 3
    settle
    said=$("$@") || fail "$contestant failed at $measure"
    say "$measure, $contestant, round $round: $said"
    for pair in $said; do
        printf '%s\t%s\t%s\t%s\t%s\n' "$measure" "$contestant" "$round" "${pair%%=*}" "${pair#*=}" >>"$folder/results.tsv"
    done
}

goal() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$folder/goals.tsv"; }

# A figure that is aimed at by itself.
limit() { goal "$@"; }

version() { "$@" 2>&1 | head -n 1; }

machine() {
    echo "processor: $(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
    echo "memory: $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
    echo "system: $(uname -sr), $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)"
    echo "files: $(df --output=fstype "$folder" | tail -n 1), 4 KiB written and synchronised in $(sync_time)"
    echo "load: on the same machine, $(version wrk -v | cut -d' ' -f1-2)"
    echo ".NET: $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\).*/\1/p' | tail -n 1)"
    if has redis-server; then echo "Redis: $(redis-server --version | sed 's/.* v=\([^ ]*\).*/\1/')"; fi
    if has postgres; then echo "PostgreSQL: $(postgres --version | awk '{ print $3 }')"; fi
    if has nginx; then echo "nginx: $(nginx -v 2>&1 | sed 's|.*/||')"; fi
    echo "commit: $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
}

sync_time() {
    local bytes
    bytes=$( { dd if=/dev/zero of="$folder/sync" bs=4k count=200 oflag=dsync; } 2>&1 | sed -n 's/.* copied, \([0-9.e-]*\) s,.*/\1/p')
    awk -v s="$bytes" 'BEGIN { printf "%.2f ms", s / 200 * 1000 }'
}

report() {
    machine >"$folder/machine.txt"
    python3 "$bench/report.py" "$name" "$folder" "$json"
}
