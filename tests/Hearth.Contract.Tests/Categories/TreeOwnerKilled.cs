using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Npgsql;

namespace Hearth.Contract.Tests.Categories;

/// <summary>
/// SIGKILL to the silo that holds the tree while edits and imports are under way. Too long for every run of the tests:
/// <c>eng/categories-long.sh kill</c>.
/// </summary>
public sealed class TreeOwnerKilled(ITestOutputHelper output)
{
    private const int Rounds = 3;
    private const int Imported = 5_000;
    private const int Importers = 2;

    private static readonly TimeSpan Load = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenEdits = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OneSilo = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EditsAgain = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _root = HearthServer.Fresh("root");
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new();
    private readonly ConcurrentDictionary<string, byte> _wrong = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> _edits = new();
    private int _reads;
    private int _imports;

    [Fact(Explicit = true)]
    public async Task Front_ends_answer_from_their_replicas_and_edits_are_refused_until_another_silo_has_the_tree()
    {
        // The first silo alone has every grain, the tree's too.
        await using var server = await ClusterServer.StartWithoutSilos(("Categories:SnapshotInterval", "00:00:01"));
        var frontEnds = server.FrontEnds.Select(address => new HttpClient { BaseAddress = address, Timeout = Patience }).ToArray();
        server.StartSilo(0);
        await Task.WhenAll(frontEnds.Select(UntilItListens));
        await Eventually.Get(() => Post(frontEnds[0], _root, null), status => status == HttpStatusCode.Created, "The first edit", OneSilo);
        for (var round = 0; round < Rounds; round++)
        {
            var (owner, other) = (round % ClusterServer.Size, (round + 1) % ClusterServer.Size);
            server.StartSilo(other);
            await server.UntilReady();
            using var stop = new CancellationTokenSource();
            var load = frontEnds.Select(frontEnd => Read(frontEnd, stop.Token)).Append(Edit(frontEnds[0], round, stop.Token))
                .Concat(Enumerable.Range(0, Importers).Select(importer => Import(frontEnds[importer % frontEnds.Length], $"{round}-{importer}", stop.Token))).ToArray();
            await Task.Delay(Load, TimeProvider.System, CancellationToken.None);

            await server.KillSilo(owner);

            var clock = Stopwatch.StartNew();
            await Eventually.Get(() => Post(frontEnds[1], $"{_root}-after-{round}", _root), status => status == HttpStatusCode.Created, "An edit after the kill", EditsAgain);
            Note($"round {round}: an edit was made {clock.Elapsed.TotalSeconds:0.0} s after the kill");
            await Task.Delay(Load, TimeProvider.System, CancellationToken.None);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await Compare(server, frontEnds);
        }

        Note($"{_reads} reads, all answered; edits {string.Join(", ", _edits.Select(edit => $"{(int)edit.Key}: {edit.Value}"))}; {_imports} imports acknowledged; the tree has {_acknowledged.Count} acknowledged edits");
        Assert.Empty(_wrong.Keys);
        Assert.Contains(HttpStatusCode.ServiceUnavailable, _edits.Keys);
        await WithoutAnySilo(server, frontEnds, lastOwner: Rounds % ClusterServer.Size);
        Array.ForEach(frontEnds, frontEnd => frontEnd.Dispose());
    }

    [Fact(Explicit = true)]
    public async Task An_embedded_process_has_every_acknowledged_edit_and_no_half_import_after_a_kill()
    {
        await using var server = await EmbeddedServer.Start(("Categories:SnapshotInterval", "00:00:01"));
        await Post(server.Client, _root, null);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = new[] { Edit(server.Client, round, stop.Token), Import(server.Client, $"{round}", stop.Token) };
            await Task.Delay(Load, TimeProvider.System, CancellationToken.None);

            await server.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await server.InitializeAsync();

            var index = await Eventually.Get(() => server.Client.GetAsync("/categories/index"), response => response.IsSuccessStatusCode, "A tree after the restart", OneSilo);
            CheckWhole([.. (await index.Json())["index"]!.AsObject().Select(category => category.Key)]);
        }

        Note($"{_imports} imports and {_acknowledged.Count - _imports} edits acknowledged, {Rounds} kills");
        Assert.DoesNotContain(_wrong.Keys, wrong => !wrong.Contains("had no answer", StringComparison.Ordinal));
    }

    private static Task UntilItListens(HttpClient frontEnd) => Eventually.Get(
        async () =>
        {
            try
            {
                using var response = await frontEnd.GetAsync("/health/live");
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        isLive => isLive, $"The listening of {frontEnd.BaseAddress}", OneSilo);

    /// <summary>All silos are gone: reads go on, edits are 503; and a silo that starts again begins with the stored snapshot.</summary>
    private async Task WithoutAnySilo(ClusterServer server, HttpClient[] frontEnds, int lastOwner)
    {
        await Task.Delay(Load, TimeProvider.System);
        await server.KillSilo(lastOwner);
        foreach (var frontEnd in frontEnds)
        {
            foreach (var path in Paths())
            {
                using var read = await frontEnd.GetAsync(path);
                Assert.True(read.IsSuccessStatusCode, $"GET {path} was answered {read.StatusCode} without a silo.");
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Post(frontEnd, $"{_root}-never", _root));
        }

        server.StartSilo(0);
        await Eventually.Get(() => Post(frontEnds[0], $"{_root}-last", _root), status => status == HttpStatusCode.Created, "An edit after all were killed", OneSilo);
        Assert.Contains("from the snapshot: True", server.Output.Split("The category tree is at")[^1], StringComparison.Ordinal);
        await Compare(server, frontEnds);
    }

    private string[] Paths() => ["/categories", $"/categories/{_root}", $"/categories/{_root}/children", $"/categories/{_root}/descendants"];

    private async Task Read(HttpClient frontEnd, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var path in Paths())
            {
                var clock = Stopwatch.StartNew();
                using var response = await frontEnd.GetAsync(path, CancellationToken.None);
                Interlocked.Increment(ref _reads);
                if (!response.IsSuccessStatusCode)
                {
                    _wrong.TryAdd($"GET {path} was answered {(int)response.StatusCode} after {clock.Elapsed.TotalSeconds:0.0} s", 0);
                }
            }

            await Task.Delay(BetweenReads, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task Edit(HttpClient frontEnd, int round, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await Post(frontEnd, $"{_root}-{round}-{i}", _root);
            await Task.Delay(BetweenEdits, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Makes a category; what was acknowledged must be there in the end.</summary>
    private async Task<HttpStatusCode> Post(HttpClient frontEnd, string id, string? parentId)
    {
        try
        {
            using var response = await frontEnd.PostCategoryOnce(id, parentId);
            _edits.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
            if (response.StatusCode == HttpStatusCode.Created)
            {
                _acknowledged.TryAdd(id, 0);
            }
            else if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict))
            {
                _wrong.TryAdd($"An edit was answered {(int)response.StatusCode}", 0);
            }

            // 409: made by a request before that was answered 503, since its silo died before it could say so.
            return response.StatusCode == HttpStatusCode.Conflict && _edits.ContainsKey(HttpStatusCode.ServiceUnavailable) ? HttpStatusCode.Created : response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            _wrong.TryAdd($"An edit had no answer: {exception.Message}", 0);
            return 0;
        }
    }

    /// <summary>Imports one file after another; each is there whole or not at all.</summary>
    private async Task Import(HttpClient frontEnd, string name, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var top = $"{_root}i{name}-{i}";
            var rows = Enumerable.Range(0, Imported).Select(row => $"{top}/{row}\t{(row < 10 ? top : $"{top}/{row / 3}")}\tImported {row}\n");
            await Import(frontEnd, top, $"id\tparent_id\tname\n{top}\t\tTop\n{string.Concat(rows)}");
        }
    }

    private async Task Import(HttpClient frontEnd, string top, string file)
    {
        try
        {
            using var content = new StringContent(file, Encoding.UTF8, "text/tab-separated-values");
            using var response = await frontEnd.PostAsync("/categories/import", content);
            if (response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _imports);
                _acknowledged.TryAdd(top, 0);
            }
            else if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                _wrong.TryAdd($"An import was answered {(int)response.StatusCode}", 0);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            _wrong.TryAdd($"An import had no answer: {exception.Message}", 0);
        }
    }

    /// <summary>Each front end has exactly what the table has; what was acknowledged is there; each import is whole.</summary>
    private async Task Compare(ClusterServer server, HttpClient[] frontEnds)
    {
        await using var database = NpgsqlDataSource.Create(server.Database);
        await using var version = database.CreateCommand("SELECT version FROM category_tree_version");
        var current = (long)(await version.ExecuteScalarAsync())!;
        await using var all = database.CreateCommand("""
            WITH RECURSIVE tree AS (
                SELECT id, ARRAY[lpad(position::text, 10, '0') || ' ' || id] AS place FROM category WHERE parent_id IS NULL
                UNION ALL
                SELECT category.id, place || (lpad(category.position::text, 10, '0') || ' ' || category.id) FROM tree JOIN category ON category.parent_id = tree.id
            )
            SELECT id FROM tree ORDER BY place COLLATE "C"
            """);
        var expected = new List<string>();
        await using (var reader = await all.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                expected.Add(reader.GetString(0));
            }
        }

        CheckWhole(expected);
        foreach (var frontEnd in frontEnds)
        {
            using var response = await Eventually.Get(
                () => frontEnd.GetAsync($"/categories/index?minVersion={current}"), found => found.IsSuccessStatusCode, "The present version in a front end", EditsAgain);
            Assert.Equal(expected, (await response.Json())["index"]!.AsObject().Select(category => category.Key));
        }
    }

    private void CheckWhole(IReadOnlyCollection<string> categories)
    {
        Assert.Empty(_acknowledged.Keys.Except(categories));
        var imported = categories.Where(id => id.StartsWith($"{_root}i", StringComparison.Ordinal)).CountBy(id => id.Split('/')[0]);
        Assert.All(imported, import => Assert.Equal(1 + Imported, import.Value));
    }

    private void Note(FormattableString note) => output.WriteLine(note.ToString(CultureInfo.InvariantCulture));
}
