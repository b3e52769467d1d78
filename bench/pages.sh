#!/usr/bin/env bash
# The embedded program as an operator meets it: how soon it is ready and how much memory it then takes, and each of its
# pages in Chromium, full of the demonstration's data: until it is readable, and its size. Options are those of
# bench/lib.sh, and
#   --pictures FOLDER     keeps a picture of each page: light, dark, and both at 360 px
# Measures: start, pages. "kib" is what the browser reads, "sent_kib" what is sent over the line.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

pictures=
option() {
    case $1 in
        --pictures) pictures=$(realpath -m "$2") ;;
        *) fail "does not know $1" ;;
    esac
}
bench_begin pages "$@"
if [ -n "$pictures" ]; then
    mkdir -p "$pictures"
    export HEARTH_PAGES_PICTURES=$pictures
fi

resident() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$(cat "$folder/$1.pid")/status"; }

# launch_hearth NAME ARGUMENTS...: with data of its own; waits until it is ready.
launch_hearth() {
    local server=$1 started
    shift
    url=http://127.0.0.1:$(free_port)
    started=$(date +%s%N)
    mkdir -p "$folder/$server"
    (cd "$folder/$server" && launch "$server" dotnet "$(program WebFrontend)" --urls "$url" "$@")
    until curl -fs --max-time 5 -o "$folder/answer" "$url/health/ready"; do
        alive "$(cat "$folder/$server.pid")" || fail "it ended"
        sleep 0.02
    done
    ready_in=$(awk -v ns=$(($(date +%s%N) - started)) 'BEGIN { printf "%.2f", ns / 1e9 }')
}

start_once() {
    launch_hearth "start$1"
    sleep 6
    echo "ready_s=$ready_in idle_mib=$(resident "start$1")"
    stop "start$1"
}

if wants start; then
    for round in $(seq "$rounds"); do turn start hearth-embedded "$round" start_once "$round"; done
    limit start ready_s hearth-embedded at_most 3
    limit start idle_mib hearth-embedded at_most 250
fi
if wants pages; then
    dotnet build "$root/tests/Hearth.Browser.Tests" --nologo --verbosity quiet --configuration Release >&2
    launch_hearth demo --demo
    sleep 20
    settle
    HEARTH_PAGES=$url HEARTH_PAGES_FIGURES=$folder/results.tsv \
        dotnet "$root/artifacts/bin/Hearth.Browser.Tests/release/Hearth.Browser.Tests.dll" -explicit only -class '*PageFigures' -failSkips -noLogo -noColor >&2
    printf 'memory\tdemonstration\t1\tmib_after_the_pages\t%s\n' "$(resident demo)" >>"$folder/results.tsv"
    for page in overview pages page users user categories docs; do
        limit pages readable_ms "$page" at_most 1000
        limit pages kib "$page" at_most 150
    done
fi
report
