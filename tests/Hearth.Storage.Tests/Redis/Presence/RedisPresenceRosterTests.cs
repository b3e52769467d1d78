using Hearth.Model.Presence;
using Hearth.Storage.Redis.Presence;
using Hearth.Storage.Tests.Presence;

namespace Hearth.Storage.Tests.Redis.Presence;

[Collection(Redis.Name)]
public sealed class RedisPresenceRosterTests(SharedRedis redis) : PresenceRosterContract, IAsyncLifetime
{
    private RedisPresenceRoster? _roster;

    protected override IPresenceRoster Roster => _roster ??= new RedisPresenceRoster(redis.Client);

    public async ValueTask InitializeAsync() => await redis.Empty();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Restart() => _roster = null;
}
