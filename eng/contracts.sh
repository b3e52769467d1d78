#!/usr/bin/env bash
# Brings the contract manifests (OrleansContracts.txt) up to date after a grain's interface or class was added or changed.
# Review the difference: what silos of the last release call or are called by must stay. Retired lines are never deleted.
set -euo pipefail
cd "$(dirname "$0")/.."

rules="ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0022 ORLEANS0023 ORLEANS0024"
for project in GrainInterfaces/Hearth.GrainInterfaces.csproj Grains/Hearth.Grains.csproj; do
    # shellcheck disable=SC2086 # A list of words.
    dotnet format "$project" analyzers --severity info --diagnostics $rules
done
git diff --stat -- '*/OrleansContracts.txt'
