using System.CommandLine;
using Hearth.Load.Caching;
using Hearth.Load.Views;

// Loads that wrk cannot make: at a fixed rate, one that waits for its effect, and one that never repeats a page.
var root = new RootCommand("Loads for bench/*.sh. Each prints its figures as name=value.")
{
    ViewCommands.Rate(),
    ViewCommands.Lag(),
    ViewCommands.Distinct(),
    DistributedCacheCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
