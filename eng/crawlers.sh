#!/usr/bin/env bash
# Brings the patterns of crawlers' user agents up to date from the packages isbot (Unlicense) and crawler-user-agents (MIT),
# which are public and kept well. Look through the difference, then run the tests of user agents.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$PWD/Model/Views/UserAgents/crawlers.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for package in isbot crawler-user-agents; do
    tar --extract --one-top-level="$package" --file="$(npm pack --silent "$package")"
done
node --input-type=commonjs - > "$target" <<'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const version = name => JSON.parse(readFileSync(`${name}/package/package.json`)).version;
const patterns = [
    ...require("./isbot/package/index.js").list.map(pattern => `any ${pattern}`),
    ...JSON.parse(readFileSync("crawler-user-agents/package/crawler-user-agents.json")).map(crawler => `exact ${crawler.pattern}`),
];
const licence = readFileSync("crawler-user-agents/package/LICENSE", "utf8").trim().split("\n").map(line => `#   ${line}`.trimEnd());
console.log([
    "# Made by eng/crawlers.sh: do not edit. One regular expression a line, in any case or exactly as written.",
    `# any: isbot ${version("isbot")}, in the public domain (Unlicense).`,
    `# exact: crawler-user-agents ${version("crawler-user-agents")}, under this licence:`,
    ...licence, ...patterns,
].join("\n"));
JAVASCRIPT
grep -c -v '^#' "$target"
