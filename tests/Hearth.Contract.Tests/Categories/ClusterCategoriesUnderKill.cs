using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Hearth.Contract.Tests.Categories;

/// <summary>
/// SIGKILL to one silo after the other, so that the one that holds the tree is among them, in mid-edit and in mid-import.
/// Reads go on, an edit is made or refused with 503, and what was acknowledged stays.
/// </summary>
public sealed class ClusterCategoriesUnderKill : IDisposable
{
    private const int Editors = 4;
    private const int ImportRows = 5_000;

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly ConcurrentDictionary<string, HttpStatusCode> _imports = [];
    private readonly CancellationTokenSource _stop = new();
    private int _reads;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Reads_go_on_and_every_acknowledged_edit_stays()
    {
        await using var server = await ClusterServer.Start(("Categories:SnapshotInterval", "00:00:01"));
        await Eventually.Get(() => server.Client.PostCategory("root", null), created => created.StatusCode is HttpStatusCode.Created, "The first edit", Recovery);
        var load = Enumerable.Range(0, Editors).Select(editor => Task.Run(() => EditUntilStopped(server, editor)))
            .Append(Task.Run(() => ImportUntilStopped(server)))
            .Append(Task.Run(() => ReadUntilStopped(server)))
            .ToArray();
        await Eventually.Get(() => Task.FromResult(_acknowledged.Count), count => count > 20, "Edits", Recovery);

        foreach (var silo in (int[])[0, 1])
        {
            await server.KillSilo(silo);
            await MoreEdits($"Edits after silo {silo} was killed");
            server.StartSilo(silo);
            await Eventually.Get(() => Silos(server), count => count == 2, "Its successor's joining", Recovery);
            await MoreEdits($"Edits with silo {silo} back");
        }

        await _stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.True(_reads > 100, "Hardly anything was read.");
        await Eventually.Get(() => Missing(server), missing => missing == 0, "Every acknowledged edit", Recovery);
        foreach (var (import, status) in _imports)
        {
            var rows = await Descendants(server, import);
            Assert.True(rows == ImportRows || (rows == 0 && status != HttpStatusCode.OK), $"Of the import {import}, answered {status}, {rows} rows are there.");
        }
    }

    [Fact]
    public async Task A_cold_start_takes_the_stored_snapshot_while_its_version_is_true()
    {
        await using var server = await ClusterServer.Start(("Categories:SnapshotInterval", "00:00:01"));
        await Eventually.Get(() => server.Client.PostCategory("root", null), created => created.StatusCode is HttpStatusCode.Created, "The first edit", Recovery);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);

        await server.KillSilo(0);
        await server.KillSilo(1);
        server.StartSilo(0);
        await Eventually.Get(() => server.Client.PostCategory(null, "root"), created => created.StatusCode is HttpStatusCode.Created, "An edit by another silo", Recovery);

        Assert.Contains("from the snapshot: True", server.Output, StringComparison.Ordinal);
    }

    private async Task MoreEdits(string what)
    {
        var before = _acknowledged.Count;
        await Eventually.Get(() => Task.FromResult(_acknowledged.Count), count => count > before + 20, what, Recovery);
    }

    private async Task EditUntilStopped(ClusterServer server, int editor)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var id = $"e{editor}-{i}";
            using var response = await server.Client.PostAsync("/categories", new StringContent($$"""{"id":"{{id}}","name":"N","parentId":"root"}""", Encoding.UTF8, "application/json"));
            if (response.StatusCode == HttpStatusCode.Created)
            {
                _acknowledged.Add(id);
            }
            else
            {
                // One that was committed just before the kill is there already when it is tried again through another silo.
                Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.Conflict]);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private async Task ImportUntilStopped(ClusterServer server)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var top = $"i{i}";
            var rows = string.Concat(Enumerable.Range(0, ImportRows).Select(row => $"{top}-{row}\t{top}\tN\n"));
            using var response = await server.Client.PostAsync(
                "/categories/import", new StringContent($"id\tparent_id\tname\n{top}\troot\tTop\n{rows}", Encoding.UTF8, "text/tab-separated-values"));
            Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
            _imports[top] = response.StatusCode;
            await Task.Delay(TimeSpan.FromMilliseconds(1000), TimeProvider.System);
        }
    }

    /// <summary>No read of the tree needs a silo, and none loses what was acknowledged before.</summary>
    private async Task ReadUntilStopped(ClusterServer server)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var response = await server.Client.GetAsync("/categories/root/children?limit=1");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            _reads++;
        }
    }

    private async Task<int> Missing(ClusterServer server)
    {
        var found = (await server.Client.Json("/categories/root/descendants"))["descendants"].Strings().ToHashSet();
        return _acknowledged.Count(id => !found.Contains(id));
    }

    private static async Task<int> Descendants(ClusterServer server, string id)
    {
        using var response = await server.Client.GetAsync($"/categories/{id}/descendants");
        return response.StatusCode == HttpStatusCode.NotFound ? 0 : (await response.Json())["descendants"]!.AsArray().Count;
    }

    private static async Task<int> Silos(ClusterServer server)
    {
        using var response = await server.Client.GetAsync("/status");
        return response.StatusCode == HttpStatusCode.OK ? (await response.Json())["silos"]!.AsArray().Count(silo => (string?)silo!["status"] == "Active") : 0;
    }
}
