using Hearth.GrainInterfaces.Ids;
using Hearth.GrainInterfaces.Presence;
using Hearth.GrainInterfaces.Sessions;
using Hearth.Model.Presence;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Hearth.Grains.Presence;

/// <summary>One user, asked of the shard that decides and of the store's index of sessions, both of which outlive it.</summary>
[GrainType("user"), StatelessWorker, Reentrant]
internal sealed class UserGrain(IUserPresenceTable table, IOptions<PresenceOptions> options) : Grain, IUserGrain
{
    private string User => this.GetId();

    private IPresenceDirectoryGrain Directory => GrainFactory.GetDirectoryOf(User, options.Value);

    private IUserSessionsGrain Sessions => GrainFactory.GetGrainOf<IUserSessionsGrain>(User);

    public async ValueTask<UserRecord> Describe()
    {
        var timeout = options.Value.OnlineTimeout;
        var held = await Directory.Recall(User) ?? new RosterEntry(User, null, Visible: true, []);
        var known = held.LastActionAt ?? (await table.Find([User])).Select(row => row.LastActionAt).SingleOrDefault();
        return new UserRecord(
            new PresenceState(User, held.OnlineFor(timeout) > TimeSpan.Zero, known, held.Visible, held.Revision),
            [.. held.Devices.Where(device => device.Age < timeout).Select(device => new UserDevice(device.Name, device.Age))]);
    }

    public async ValueTask<TouchResult> Touch(string device, TimeSpan age) => (await Directory.Touch([new UserTouch(User, device, age)]))[0];

    public ValueTask SignOut(string? device) => Directory.SignOut(User, device);

    public ValueTask SetVisibility(bool visible) => Directory.SetVisibility(User, visible);

    public ValueTask<UserSessionsPage> ListSessions(string? after) => Sessions.List(after);

    public ValueTask<EndedSessions> EndSessions(string? after) => Sessions.EndSome(after);

    public ValueTask ForgetPresence() => Directory.Forget(User);
}
