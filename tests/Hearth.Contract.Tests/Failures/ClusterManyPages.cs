using System.Text.Json.Nodes;
using Hearth.Contract.Tests.Views;

namespace Hearth.Contract.Tests.Failures;

/// <summary>A store fails for seconds while thousands of pages of one partition have counts that are not stored yet.</summary>
public sealed class ClusterManyPages
{
    private const int Pages = 6000;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("Redis killed")]
    [InlineData("Redis full")]
    public async Task Every_page_is_counted_and_stored_once_the_store_is_back(string disaster)
    {
        await using var server = await ClusterServer.Start(("Views:Partitions", "1"), ("Views:FlushInterval", "00:00:01"));
        var pages = new PageTraffic(new SiteClient(server.Client), Pages);
        await pages.Round();

        await Disaster.Named(disaster).Strike(server, Outage);

        await pages.Round();
        await pages.Verify(() => ViewTables.Read(server));
        Assert.Empty(pages.Client.Faults);
        await Eventually.Get(
            async () => JsonNode.Parse(await server.Client.GetStringAsync("/status"))!,
            status => (int)status["views"]!["pagesDeferred"]! == 0 && (int)status["logLag"]!["entries"]! == 0, "The end of the backlog", TimeSpan.FromMinutes(1));
        await server.UntilReady();
    }
}
