#!/usr/bin/env bash
# Kills a silo with many users online, the other's clock seven seconds ahead, and compares what everybody is told with an
# oracle: the test ClusterPresenceSurvival with so many users (10000). Needs redis-server, postgresql and libfaketime.
set -euo pipefail
cd "$(dirname "$0")/.."
export HEARTH_PRESENCE_USERS=${1:-10000}
dotnet test --project tests/Hearth.Contract.Tests --configuration "${CONFIGURATION:-Release}" -- --filter-class Hearth.Contract.Tests.Presence.ClusterPresenceSurvival --output detailed
