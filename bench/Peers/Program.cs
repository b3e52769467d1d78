using Hearth.Peers;
using Hearth.Peers.Caching;
using Hearth.Peers.Categories;
using Hearth.Peers.Presence;
using Hearth.Peers.Views;

// What a .NET developer writes first, to be measured beside Hearth. Each room adds its endpoints in a file of its own.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var stores = new Stores(builder.Configuration);

var app = builder.Build();
switch (builder.Configuration["mode"])
{
    case "raw":
        app.MapRawViews();
        app.MapRawPresence();
        break;
    case "redis":
        app.MapRedisViews(stores.Redis);
        app.MapRedisPresence(stores.Redis);
        app.MapRedisCaching(stores.Redis);
        break;
    case "pg":
        await app.MapPostgresViews(stores.Postgres);
        break;
    case "categories":
        await app.MapCategories(stores.Postgres, builder.Configuration["files"]!);
        break;
    default:
        await Console.Error.WriteLineAsync("--mode is raw, redis, pg or categories");
        return 2;
}

await app.RunAsync();
return 0;
