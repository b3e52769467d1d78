using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Contract.Tests.Sessions;

[Collection(Cluster.Name)]
public sealed partial class ClusterSessions(ClusterServer server) : SessionsContract(server.OrSkip())
{
    private readonly ClusterServer _cluster = server;

    [Fact]
    public async Task A_session_id_is_in_no_metric_of_any_process_in_no_log_and_never_was_in_redis()
    {
        var ids = new List<string>();
        foreach (var frontEnd in _cluster.FrontEnds)
        {
            using var client = new HttpClient { BaseAddress = frontEnd };
            using var answer = await client.PostAsJsonAsync("/sessions", new { user = "anna", data = new { k = "v" } });
            ids.Add((await answer.Content.ReadFromJsonAsync<SessionDocument>())!.Id);
            using var changed = await client.PatchAsJsonAsync($"/sessions/{ids[^1]}", new { data = new { k = "w" } });
            Assert.True(changed.IsSuccessStatusCode);
        }

        using var read = await _cluster.Client.GetAsync($"/sessions/{ids[0]}");
        using var ended = await _cluster.Client.DeleteAsync($"/sessions/{ids[1]}");
        Assert.True(read.IsSuccessStatusCode && ended.IsSuccessStatusCode);

        using var processes = new HttpClient();
        var metrics = await Task.WhenAll(Listening().Matches(_cluster.Output).Select(address => address.Groups[1].Value).Distinct().Select(address => processes.GetStringAsync(new Uri(address + "/metrics"))));
        var commands = string.Concat(Directory.EnumerateFiles(_cluster.Redis.Folder, "*.aof", SearchOption.AllDirectories)
            .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Equal(2 * ClusterServer.Size, metrics.Length);
        Assert.Contains(metrics, text => text.Contains("hearth_sessions_ended_total", StringComparison.Ordinal));
        Assert.All(ids, id =>
        {
            // The shortened id is what a user's list shows, and shows here that the search finds what is there.
            Assert.Contains(id[..8], commands, StringComparison.Ordinal);
            Assert.DoesNotContain(id, commands, StringComparison.Ordinal);
            Assert.DoesNotContain(id, _cluster.Output, StringComparison.Ordinal);
            Assert.All(metrics, text => Assert.DoesNotContain(id, text, StringComparison.Ordinal));
        });
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
