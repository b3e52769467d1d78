using System.Collections.Concurrent;
using System.Net;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Signed-in users, whose sessions are read and changed all the time.</summary>
internal sealed class SessionTraffic(SiteClient client)
{
    private const int Count = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, int> _clicks = new();

    public SiteClient Client => client;

    public IEnumerable<string> Sessions => _clicks.Keys;

    public async Task Begin()
    {
        for (var i = 0; i < Count; i++)
        {
            var (_, session) = await client.Send(HttpMethod.Post, "/sessions", new { user = $"user {i}", data = new { clicks = "0" } });
            _clicks[(string)session!["id"]!] = 0;
        }
    }

    public Task Run(CancellationToken stop) => Task.WhenAll(_clicks.Keys.ToArray().Select(session => Click(session, stop)));

    /// <summary>No session is lost, and each has what was acknowledged last.</summary>
    public Task Verify() => Task.WhenAll(_clicks.Keys.Select(Check));

    private async Task Click(string session, CancellationToken stop)
    {
        await Task.Yield();
        for (var i = 1; !stop.IsCancellationRequested; i++)
        {
            await Check(session);
            var (status, _) = await client.Send(HttpMethod.Patch, $"/sessions/{session}", new { data = new { clicks = $"{i}" } });
            if (status == HttpStatusCode.OK)
            {
                _clicks[session] = i;
            }
            else
            {
                client.Faults.Enqueue($"The change of a session was answered {status}.");
            }

            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Check(string session)
    {
        var (status, body) = await client.Send(HttpMethod.Get, $"/sessions/{session}");
        if (status != HttpStatusCode.OK || (string?)body!["data"]!["clicks"] != $"{_clicks[session]}")
        {
            client.Faults.Enqueue($"A session of {_clicks[session]} clicks was answered {status} {body?["data"]}.");
        }
    }
}
