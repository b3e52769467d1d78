#!/usr/bin/env bash
# SIGKILL at random moments while clients post views and retry; afterwards every page, day and location must have exactly
# what was acknowledged, in the API and in the database.
#   eng/kill-views.sh [embedded|cluster|both] [KILLS]     50 kills of each by default
# HEARTH_SEED repeats the moments and victims of an earlier run.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
mode=${1:-both}
export HEARTH_KILLS=${2:-50}
case $mode in
    embedded) classes=(EmbeddedViewsUnderKill) ;;
    cluster) classes=(ClusterViewsUnderKill) ;;
    both) classes=(EmbeddedViewsUnderKill ClusterViewsUnderKill) ;;
    *) sed -n 's/^#   //p' "$0" >&2; exit 2 ;;
esac

# Debian keeps PostgreSQL's programs off the PATH.
for bin in /usr/lib/postgresql/*/bin; do
    if ! command -v initdb >/dev/null && [ -x "$bin/initdb" ]; then PATH=$PATH:$bin; fi
done

if [ "${BUILD:-yes}" != no ]; then
    dotnet build tests/Hearth.Contract.Tests --nologo --verbosity quiet --configuration "$configuration"
fi
for class in "${classes[@]}"; do
    dotnet "artifacts/bin/Hearth.Contract.Tests/${configuration,,}/Hearth.Contract.Tests.dll" \
        -explicit only -showLiveOutput -class "Hearth.Contract.Tests.Views.$class"
done
