using System.CommandLine;

namespace Hearth.Load.Views;

/// <summary>The commands that post views.</summary>
internal static class ViewCommands
{
    private static readonly Option<Uri> Url = new("--url")
    {
        Required = true,
        Description = "The server's address.",
        CustomParser = result => new Uri(result.Tokens[0].Value),
    };
    private static readonly Option<int> Connections = new("--connections") { DefaultValueFactory = _ => 64, Description = "Connections kept open." };
    private static readonly Option<double> Seconds = new("--seconds") { DefaultValueFactory = _ => 10, Description = "How long to load." };
    private static readonly Option<int> Pages = new("--pages") { DefaultValueFactory = _ => 1000, Description = "Over how many pages." };

    public static Command Rate()
    {
        var rate = new Option<double>("--rate") { Required = true, Description = "Requests a second, whatever the server takes." };
        var command = new Command("rate", "Posts views at a fixed rate and tells latencies.") { Url, Connections, Seconds, Pages, rate };
        command.SetAction((parsed, _) => new FixedRate(
            parsed.GetValue(Url)!, parsed.GetValue(Connections), parsed.GetValue(Pages), parsed.GetValue(rate)).Run(TimeSpan.FromSeconds(parsed.GetValue(Seconds))));
        return command;
    }

    public static Command Lag()
    {
        var command = new Command("lag", "Posts a view now and then, and tells how long each takes to show.") { Url, Seconds };
        command.SetAction((parsed, _) => new VisibilityLag(parsed.GetValue(Url)!).Run(TimeSpan.FromSeconds(parsed.GetValue(Seconds))));
        return command;
    }

    public static Command Distinct()
    {
        var command = new Command("distinct", "Posts one view of each of many pages.") { Url, Connections, Pages };
        command.SetAction((parsed, _) => new DistinctPages(parsed.GetValue(Url)!, parsed.GetValue(Connections)).Run(parsed.GetValue(Pages)));
        return command;
    }
}
