#!/usr/bin/env bash
# Makes a million sessions (or as many as $1 says) in an embedded Hearth, prints what memory they take at most, waits until
# idle ones have left memory, and reads some of them again. Needs the .NET SDK, wrk, curl. A million take about ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=${1:-1000000}
folder=$(mktemp -d)
: >"$folder/log"
dotnet build WebFrontend --nologo --verbosity quiet --configuration Release
ASPNETCORE_URLS=http://127.0.0.1:0 Storage__DataDirectory=$folder/data Sessions__IdleTimeout=02:00:00 \
    dotnet artifacts/bin/Hearth.WebFrontend/release/Hearth.WebFrontend.dll >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
until url=$(sed -n 's/.*Now listening on: \(http[^ ]*\).*/\1/p' "$folder/log" | head -n 1) && [ -n "$url" ]; do sleep 0.1; done

cat >"$folder/post.lua" <<'END'
local n = 0
local file = io.open(os.getenv("IDS"), "a")
wrk.method, wrk.path, wrk.headers["Content-Type"] = "POST", "/sessions", "application/json"
wrk.body = '{"data":{"cart":"three items and a coupon","language":"nl-BE"}}'
response = function(status, headers, body)
    n = n + 1
    if n % 5000 == 1 then file:write(body:match('"id":"([^"]+)"'), "\n"); file:flush() end
end
END

resident() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$server/status"; }
active() { curl -fs "$url/status" | grep -o '"session":[0-9]*' | grep -o '[0-9]*$' || echo 0; }

echo "memory at the start: $(resident) MiB"
made=0 most=0
while [ "$made" -lt "$wanted" ]; do
    more=$(IDS=$folder/ids wrk -t1 -c64 -d5s -s "$folder/post.lua" "$url" | awk '/requests in/ { print $1 }')
    made=$((made + more)) now=$(resident)
    if [ "$now" -gt "$most" ]; then most=$now; fi
    echo "$made sessions, $(active) in memory, $now MiB" >&2
done
echo "$made sessions made, at most $most MiB"

deadline=$((SECONDS + 300))
until [ "$(active)" -lt $((made / 1000 + 1)) ]; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "$(active) sessions are still in memory" >&2; exit 1; }
    sleep 5
done
echo "idle sessions have left memory: $(active) are in it, $(resident) MiB"

while read -r id; do
    curl -fs -o "$folder/answer" "$url/sessions/$id" || { echo "a session is lost" >&2; exit 1; }
done <"$folder/ids"
echo "$(wc -l <"$folder/ids") of them, spread over all, were read again"
