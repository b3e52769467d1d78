#!/usr/bin/env bash
# Packs the library and makes a new ASP.NET project of it in a temporary folder, as a reader of the README would: a folder
# of packages, "dotnet add package", five lines. The site must count a view, see who is online, keep a session and an
# entry of the cache, and tell that it is well.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
site=
finish() {
    if [ -n "$site" ]; then kill "$site" 2>/dev/null && wait "$site" || true; fi
    rm -rf "$folder"
}
trap finish EXIT
fail() { echo "package-check: $*" >&2; tail -n 20 "$folder/site.log" >&2 || true; exit 1; }

dotnet pack Orleans.sln --configuration Release --output "$folder/packages" --nologo --verbosity quiet
packages=$(cd "$folder/packages" && printf '%s\n' *.nupkg | tr '\n' ' ')
[ "$packages" = "Hearth.AspNetCore.0.1.0.nupkg Hearth.GrainInterfaces.0.1.0.nupkg Hearth.Grains.0.1.0.nupkg Hearth.Model.0.1.0.nupkg Hearth.Silo.0.1.0.nupkg Hearth.Storage.0.1.0.nupkg " ] ||
    fail "packed are $packages"

mkdir "$folder/Fresh"
cd "$folder/Fresh"
# Packages of an earlier build of the same version must not stand in for these.
export NUGET_PACKAGES=$folder/unpacked
export NUGET_FALLBACK_PACKAGES=${NUGET_FALLBACK_PACKAGES:-$HOME/.nuget/packages}
dotnet new web --no-restore >"$folder/site.log"
dotnet new nugetconfig >"$folder/site.log"
dotnet nuget add source "$folder/packages" --name packages --configfile nuget.config >"$folder/site.log"
dotnet add package Hearth.AspNetCore >"$folder/site.log"
cat >Program.cs <<'END'
using System.Security.Claims;
using Hearth.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Distributed;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication("Cookies").AddCookie();
builder.AddHearth();
builder.AddHearthDistributedCache();
builder.AddHearthSession();

var app = builder.Build();
app.UseAuthentication();
app.UsePresence();
app.UseSession();
app.MapGet("/articles/{id}", (string id) => id).CountViews(context => context.Request.Path);
app.MapGet("/sign-in", (HttpContext context) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "Cookies"))));
app.MapGet("/set", async (HttpContext context, IDistributedCache cache) =>
{
    context.Session.SetString("k", "session");
    await cache.SetStringAsync("k", "cache");
});
app.MapGet("/get", async (HttpContext context, IDistributedCache cache) => $"{context.Session.GetString("k")} {await cache.GetStringAsync("k")}");
app.MapGet("/seen", async (IPresence presence, IViews views) =>
    $"{(await presence.GetOnlineAsync()).Users.Single().User} {(await views.GetAsync("/articles/1")).Views}");
app.MapHealthChecks("/health");
app.Run();
END
dotnet build --nologo --verbosity quiet >"$folder/site.log" || { cat "$folder/site.log" >&2; fail "the fresh project does not build"; }

dotnet bin/Debug/net10.0/Fresh.dll --urls http://127.0.0.1:0 >"$folder/site.log" 2>&1 &
site=$!
eventually() {
    local tries
    for tries in $(seq 300); do
        if "$@"; then return; fi
        kill -0 "$site" 2>/dev/null || fail "the site ended"
        sleep 0.1
    done
    fail "not within 30 s: $*"
}
listens() { url=$(sed -n 's/.*Now listening on: //p' "$folder/site.log") && [ -n "$url" ]; }
get() { curl --silent --fail --cookie "$folder/cookies" --cookie-jar "$folder/cookies" "$url$1"; }
says() { [ "$(get "$1" || true)" = "$2" ]; }
eventually listens
eventually says /health Healthy
get /sign-in
get /articles/1 >"$folder/article"
get /set
eventually says /get "session cache"
eventually says /seen "ada 1"
echo "A fresh project on the packages $packages: view, presence, session, cache and health are as they should be."
