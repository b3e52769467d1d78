#!/usr/bin/env bash
# Refreshes what the operator's pages take from npm: edit the version in WebFrontend/Pages/package.json, run this,
# and commit what it changed. Nobody needs npm to build or run Hearth.
set -euo pipefail
cd "$(dirname "$0")/../WebFrontend/Pages"
npm install --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
cp node_modules/uplot/dist/uPlot.iife.min.js node_modules/uplot/dist/uPlot.min.css Assets/
cp node_modules/uplot/LICENSE Assets/uPlot.LICENSE.txt
rm -r node_modules
