using System.Collections.Concurrent;
using System.Data;
using System.Net;
using Npgsql;

namespace Hearth.Contract.Tests.Categories;

/// <summary>The table in PostgreSQL, edited by other programs while front ends answer from their replicas.</summary>
public sealed class ClusterCatalogueInDatabase(ListeningCluster cluster) : IClassFixture<ListeningCluster>, IAsyncLifetime
{
    private const int Group = 30;

    private static readonly TimeSpan Heard = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(2);

    private readonly string _root = HearthServer.Fresh("r");

    private HttpClient Client => cluster.Server.Client;

    /// <summary>Each test begins with an empty table, whatever the one before it left.</summary>
    public async ValueTask InitializeAsync()
    {
        _ = cluster.Server;
        await cluster.Psql("TRUNCATE category");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Edits_by_other_programs_show_on_every_front_end_as_they_are_announced()
    {
        await Client.PostCategory(_root, null);

        await cluster.Psql($"INSERT INTO category (id, parent_id, name) VALUES ('{_root}a', '{_root}', 'A'), ('{_root}b', '{_root}', 'B')");
        await Shows(ids => ids.Length == 2, "An insertion");
        await cluster.Psql($"UPDATE category SET parent_id = '{_root}b' WHERE id = '{_root}a'");
        await Shows(ids => ids.SequenceEqual([$"{_root}b", $"{_root}a"]), "A move");
        await cluster.Copy(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{_root}c{i}\t{_root}a\tC\n")));
        await Shows(ids => ids.Length == 10_002, "A copy of 10,000");
        await cluster.Psql($"UPDATE category SET parent_id = '{_root}b' WHERE parent_id = '{_root}a'");
        await Shows(ids => ids[1] == $"{_root}a" && ids.Length == 10_002, "An update of 10,000");
        await cluster.Psql($"BEGIN; DELETE FROM category; ROLLBACK");
        await cluster.Psql($"DELETE FROM category WHERE parent_id = '{_root}b'");
        await Shows(ids => ids.SequenceEqual([$"{_root}b"]), "A deletion");
        await cluster.Psql("TRUNCATE category");
        foreach (var frontEnd in cluster.FrontEnds)
        {
            await Eventually.Get(() => frontEnd.Json("/categories"), roots => roots["categories"]!.AsArray().Count == 0, "TRUNCATE's showing", Heard);
        }
    }

    [Fact]
    public async Task An_edit_shows_although_the_listening_connection_was_killed()
    {
        await Client.PostCategory(_root, null);

        await cluster.Psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        await cluster.Psql($"INSERT INTO category (id, parent_id, name) VALUES ('{_root}a', '{_root}', 'A')");
        await Shows(ids => ids.Length == 1, "An edit after the connection was killed");

        await cluster.Psql($"INSERT INTO category (id, parent_id, name) VALUES ('{_root}b', '{_root}', 'B')");
        await Shows(ids => ids.Length == 2, "An edit once it is back");
    }

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task Of_opposite_moves_by_the_api_and_by_another_program_exactly_one_is_made(IsolationLevel isolation)
    {
        await Client.PostCategory(_root, null);
        for (var round = 0; round < 10; round++)
        {
            var (x, y) = ($"{_root}x{round}", $"{_root}y{round}");
            await Client.PostCategory(x, _root);
            await Client.PostCategory($"{x}-1", x);
            await Client.PostCategory(y, _root);
            await Client.PostCategory($"{y}-1", y);

            var byApi = Client.Patch(x, $$"""{"parentId":"{{y}}-1"}""");
            var byPsql = Move(isolation, y, $"{x}-1");
            using var answer = await byApi;
            var isMade = await byPsql;

            Assert.Equal(isMade ? HttpStatusCode.Conflict : HttpStatusCode.OK, answer.StatusCode);
            await Shows(ids => ids.Length == 4 * (round + 1), "Both in the tree");
        }
    }

    [Fact]
    public async Task Every_answer_is_wholly_of_one_version_while_writers_edit_as_fast_as_they_can()
    {
        await Client.PostCategory(_root, null);
        foreach (var side in (string[])["a", "b"])
        {
            await Client.PostCategory(_root + side, _root);
            var rows = Enumerable.Range(0, Group).Select(i => $"{_root}{side}{i:00}\t{(i == 0 ? _root + side : $"{_root}{side}00")}\tN\n");
            await cluster.Copy(string.Concat(rows));
        }

        await Shows(ids => ids.Length == 2 + (2 * Group), "The groups");
        using var stop = new CancellationTokenSource(Storm);
        var answers = new ConcurrentDictionary<long, string>();
        var writers = cluster.FrontEnds.Select((frontEnd, i) => Task.Run(() => MoveToAndFro(frontEnd, i, stop.Token)))
            .Append(Task.Run(() => ReorderInSql(stop.Token)));
        var readers = cluster.FrontEnds.Select(frontEnd => Task.Run(() => ReadAll(frontEnd, answers, stop.Token)));
        await Task.WhenAll(writers.Concat(readers));

        Assert.True(answers.Count > 1, $"Only {answers.Count} versions were seen.");
    }

    [Fact]
    public async Task Data_that_the_guards_would_have_refused_stands_under_problems_and_leaves_the_rest_exact()
    {
        await Client.PostCategory(_root, null);
        await Client.PostCategory($"{_root}a", _root);

        // As pg_restore loads: no trigger of any table fires.
        await cluster.Psql($"""
            BEGIN; SET LOCAL session_replication_role = replica;
            INSERT INTO category (id, parent_id, name) VALUES
                ('{_root}o', 'nowhere', 'O'), ('{_root}o1', '{_root}o', 'O'), ('{_root}s', '{_root}s', 'S'), ('{_root}s1', '{_root}s', 'S'),
                ('{_root}p', '{_root}q', 'P'), ('{_root}q', '{_root}p', 'Q'), ('{_root}p1', '{_root}p', 'P'), ('{_root}b', '{_root}a', 'B');
            COMMIT
            """);
        using var reindexed = await Client.PostAsync("/categories/reindex", null);

        var problems = (await reindexed.Json())["problems"]!.AsArray().Select(problem => $"{problem!["id"]} {problem["problem"]}"[_root.Length..]).Order(StringComparer.Ordinal);
        Assert.Equal(["o orphan", "o1 below-orphan", "p cycle", "p1 below-cycle", "q cycle", "s self-parent", "s1 below-self-parent"], problems);
        await Shows(ids => ids.SequenceEqual([$"{_root}a", $"{_root}b"]), "The rest");

        using var mended = await Client.Patch($"{_root}p", $$"""{"parentId":"{{_root}}b"}""");
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
        await Shows(ids => ids.SequenceEqual([$"{_root}a", $"{_root}b", $"{_root}p", $"{_root}p1", $"{_root}q"]), "The cycle, cut by an edit");
        await Client.Remove($"{_root}o");
        await Client.Remove($"{_root}s");
        using var again = await Client.PostAsync("/categories/reindex", null);
        Assert.Empty((await again.Json())["problems"]!.AsArray());
    }

    private async Task Shows(Func<string[], bool> isSo, string what)
    {
        foreach (var frontEnd in cluster.FrontEnds)
        {
            await Eventually.Get(
                async () => await frontEnd.GetAsync($"/categories/{_root}/descendants") is { IsSuccessStatusCode: true } found ? (await found.Json())["descendants"].Strings() : [],
                isSo, $"{what}, on {frontEnd.BaseAddress},", Heard);
        }
    }

    /// <summary>Returns whether the move was committed.</summary>
    private async Task<bool> Move(IsolationLevel isolation, string id, string parent)
    {
        await using var connection = await cluster.Connect();
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(isolation);
            await using var command = new NpgsqlCommand("UPDATE category SET parent_id = $2 WHERE id = $1", connection) { Parameters = { new() { Value = id }, new() { Value = parent } } };
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return true;
        }
        catch (PostgresException refusal)
        {
            Assert.Contains(refusal.SqlState, (string[])[PostgresErrorCodes.CheckViolation, PostgresErrorCodes.SerializationFailure]);
            return false;
        }
    }

    private async Task MoveToAndFro(HttpClient frontEnd, int writer, CancellationToken stop)
    {
        var group = _root + (writer == 0 ? "a00" : "b00");
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            using var moved = await frontEnd.PatchAsync($"/categories/{group}", new StringContent(
                $$"""{"parentId":"{{_root}}{{(i % 2 == 0 ? "b" : "a")}}","name":"{{i}}"}""", System.Text.Encoding.UTF8, "application/json"), CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        }
    }

    private async Task ReorderInSql(CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await cluster.Psql($"UPDATE category SET position = {i} * (CASE WHEN id < '{_root}b' THEN 1 ELSE -1 END) WHERE parent_id = '{_root}a'");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>A version has one answer, whichever front end gives it, and each group is whole in it, and in one piece.</summary>
    private async Task ReadAll(HttpClient frontEnd, ConcurrentDictionary<long, string> answers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var answer = await frontEnd.Json($"/categories/{_root}/descendants");
            var ids = answer["descendants"].Strings();
            Assert.Equal(answer["descendants"]!.ToJsonString(), answers.GetOrAdd((long)answer["version"]!, answer["descendants"]!.ToJsonString()));
            Assert.Equal(2 + (2 * Group), ids.Distinct().Count());
            foreach (var side in (string[])["a", "b"])
            {
                var top = Array.IndexOf(ids, $"{_root}{side}00");
                Assert.All(ids[(top + 1)..(top + Group)], id => Assert.StartsWith(_root + side, id, StringComparison.Ordinal));
            }
        }
    }
}
