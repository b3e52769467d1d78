#!/usr/bin/env bash
# What is too long for every run of the tests of the category tree. Needs redis-server and PostgreSQL.
#   eng/categories-long.sh           all of it, about ten minutes
#   eng/categories-long.sh giants    a chain and a star of 100,000 gone through every call, embedded and in a cluster
#   eng/categories-long.sh kill      SIGKILL to the silo that holds the tree, amid edits and imports
#   eng/categories-long.sh random    thousands of random edits, by one and by several at once, compared with a recursive query
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
edits=${EDITS:-2000}

# Debian keeps PostgreSQL's programs off the PATH.
for bin in /usr/lib/postgresql/*/bin; do
    if ! command -v initdb >/dev/null && [ -x "$bin/initdb" ]; then PATH=$PATH:$bin; fi
done

tests() {
    if [ "${BUILD:-yes}" != no ]; then
        dotnet build tests/Hearth.Contract.Tests --nologo --verbosity quiet --configuration "$configuration"
    fi
    dotnet "artifacts/bin/Hearth.Contract.Tests/${configuration,,}/Hearth.Contract.Tests.dll" \
        -explicit only -method "$1" -parallelMode none -showLiveOutput -failSkips -noLogo -noColor
}

# A cluster of eng/cluster.sh, and the embedded default beside it.
random() {
    CLUSTER=$(mktemp -u) folder=$(mktemp -d)
    export CLUSTER
    embedded=
    trap 'eng/cluster.sh down; [ -z "$embedded" ] || kill "$embedded"; rm -rf "$folder"' EXIT
    eng/cluster.sh up >"$folder/up"
    local dir port urls
    dir=$(cat "$CLUSTER")
    urls=$(cat "$dir"/frontend*.url | paste -sd,)
    port=$(sed -n 4p "$dir/postgres/data/postmaster.pid")
    for editors in 1 4; do
        python3 eng/categories-random.py "$((edits * editors))" "$editors" "$urls" psql -h 127.0.0.1 -p "$port" -U postgres
    done
    ASPNETCORE_URLS=http://127.0.0.1:0 dotnet "artifacts/bin/Hearth.WebFrontend/${configuration,,}/Hearth.WebFrontend.dll" \
        --Storage:DataDirectory "$folder/data" >"$folder/embedded.log" 2>&1 &
    embedded=$!
    until grep -q 'Now listening on' "$folder/embedded.log"; do sleep 0.2; done
    for editors in 1 4; do
        python3 eng/categories-random.py "$((edits * editors))" "$editors" "$(sed -n 's/.*Now listening on: //p' "$folder/embedded.log")" "$folder/data/site.db"
    done
}

case ${1:-all} in
    all) tests '*_with_100000_categories' && BUILD=no tests '*TreeOwnerKilled.*' && random ;;
    giants) tests '*_with_100000_categories' ;;
    kill) tests '*TreeOwnerKilled.*' ;;
    random) random ;;
    *) sed -n 's/^#   //p' "$0" >&2; exit 2 ;;
esac
