using System.Net;

namespace Hearth.Contract.Tests.Failures;

/// <summary>Users of whom the first half acts all the time and the rest came online once; all of them are looked at.</summary>
internal sealed class PresenceTraffic(SiteClient client)
{
    private const int Count = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string[] _users = [.. Enumerable.Range(0, Count).Select(user => HearthServer.Fresh($"user{user}"))];

    public SiteClient Client => client;

    public IEnumerable<string> Users => _users;

    public async Task Begin()
    {
        foreach (var user in _users)
        {
            await Touch(user);
        }
    }

    public Task Run(CancellationToken stop) => Task.WhenAll(_users[..(Count / 2)].Select(user => Act(user, stop)));

    /// <summary>No online user is shown offline.</summary>
    public async Task Verify()
    {
        var (status, body) = await client.Send(HttpMethod.Get, "/presence?" + string.Join('&', _users.Select(user => $"users={user}")));
        if (status != HttpStatusCode.OK || body!.AsArray().Count(user => (bool)user!["online"]!) != Count)
        {
            client.Faults.Enqueue($"Not every online user is shown online: {status} {body}");
        }
    }

    private async Task Act(string user, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            await Touch(user);
            await Verify();
            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Touch(string user)
    {
        if ((await client.Send(HttpMethod.Put, $"/users/{user}/presence")).Status is not HttpStatusCode.NoContent and var status)
        {
            client.Faults.Enqueue($"An action was answered {status}.");
        }
    }
}
