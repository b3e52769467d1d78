#!/usr/bin/env bash
# Real clusters under load, of which parts are killed, paused and restarted at full length. Checks that nothing that was
# acknowledged is lost or counted twice, and says how long each cluster took to serve again. Needs redis-server and
# PostgreSQL. The short form is among the tests (ClusterFailures).
#   eng/chaos.sh             all of it, about forty minutes
#   eng/chaos.sh disasters   SIGKILL to silos, a front end, Redis and PostgreSQL; SIGSTOP to a silo and Redis; a Redis
#                            that is full; each with 20,000 pages changed in one partition
#   eng/chaos.sh disk        the embedded default's disk full, killed and started meanwhile too, with 20,000 pages changed
#   eng/chaos.sh clocks      one machine's clock set by seconds, minutes and a day, silos restarted meanwhile
#   eng/chaos.sh waits       every call of the API while Redis, PostgreSQL and the silos stand still: an answer within 10 s
#   eng/chaos.sh restarts    three rolling restarts
#   eng/chaos.sh load        ten minutes at full load, in which no silo may be evicted
# What the processes print is kept in the folder that HEARTH_TEST_LOGS names, if it is set.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
case ${1:-all} in
    all) tests='*' ;;
    disasters) tests='*ClusterOrdeals.Nothing_acknowledged*' ;;
    disk) tests='*EmbeddedFullDisk.*' ;;
    clocks) tests='*ClusterClockSteps.*' ;;
    waits) tests='*PartsThatNeverAnswer.*' ;;
    restarts) tests='*ClusterOrdeals.Rolling_restarts*' ;;
    load) tests='*ClusterOrdeals.No_silo*' ;;
    *) sed -n 's/^#   //p' "$0" >&2; exit 2 ;;
esac

# Debian keeps PostgreSQL's programs off the PATH.
for bin in /usr/lib/postgresql/*/bin; do
    if ! command -v initdb >/dev/null && [ -x "$bin/initdb" ]; then PATH=$PATH:$bin; fi
done

if [ "${BUILD:-yes}" != no ]; then
    dotnet build tests/Hearth.Contract.Tests --nologo --verbosity quiet --configuration "$configuration"
fi
# Runs of kills are explicit tests too, and have a script of their own.
exec dotnet "artifacts/bin/Hearth.Contract.Tests/${configuration,,}/Hearth.Contract.Tests.dll" \
    -explicit only -namespace Hearth.Contract.Tests.Failures -namespace Hearth.Contract.Tests.Clocks -method "$tests" -showLiveOutput -failSkips -noLogo -noColor
