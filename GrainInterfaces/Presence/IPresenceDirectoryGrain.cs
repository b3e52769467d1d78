using System.Collections.Immutable;
using Hearth.Model.Presence;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// The authority on the users of one shard: last action, devices, visibility, and who of them is online. Key: the shard's
/// number, see <see cref="PresenceBuckets"/>.
/// </summary>
/// <remarks>
/// <para>Holds every user who is online, invisible, or not yet flushed to <c>user_presence</c>; all of them stand in the
/// roster, which it takes over and loads when it activates. Lapses are decided by its own monotonic clock.</para>
/// <para>When a call that changes a user returns, every read shows it. Durable before it returns: that a device came online
/// or signed out, and visibility. A later action of a device that is online already is stored once what the roster has is
/// older than <see cref="PresenceOptions.StoreInterval"/>. Such calls throw <see cref="Model.Storage.StoreUnavailableException"/>
/// when the store cannot take what must be durable; whether a change was made is then not known.</para>
/// </remarks>
[Alias("presence-directory")]
public interface IPresenceDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Users of this shard did something. Returns what became of each, in the order given.</summary>
    [Alias("touch")]
    ValueTask<ImmutableArray<TouchResult>> Touch(ImmutableArray<UserTouch> touches);

    /// <summary>Signs out one device of a user, or with null all of them. The user is offline once no device is online.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="device">The device's name, empty for the unnamed one, null for every device.</param>
    [Alias("sign-out")]
    ValueTask SignOut(string user, string? device);

    /// <summary>Hides the user from everybody but admins, or shows them again. Lasts until it is changed.</summary>
    [Alias("set-visibility")]
    ValueTask SetVisibility(string user, bool visible);

    /// <summary>
    /// Forgets a user: offline, no last action, not hidden, in memory, roster and <c>user_presence</c>, until they act again.
    /// Durable when it returns; where it fails it may be done in part, and is repeated.
    /// </summary>
    [Alias("forget")]
    ValueTask Forget(string user);

    /// <summary>Returns the latest entry of a user, aged up to now, or null for one who is visible, offline and has nothing to flush.</summary>
    [Alias("recall")]
    ValueTask<RosterEntry?> Recall(string user);

    /// <summary>Returns the states of those of the users who are held here.</summary>
    [Alias("states")]
    ValueTask<ShardAnswer> States(ImmutableArray<string> users);

    /// <summary>Returns this shard's part of a page.</summary>
    /// <param name="limit">The most users to return.</param>
    /// <param name="after">The user before the page; null for the first page.</param>
    /// <param name="actual">Whether invisible users count.</param>
    [Alias("online")]
    ValueTask<OnlinePage> Online(int limit, string? after, bool actual);

    /// <summary>
    /// Returns the changes after the cursor as soon as there are any, and an empty batch when there are none for a
    /// second. A cursor of another activation, or one too far back, gets a snapshot at once.
    /// </summary>
    /// <remarks>The short wait is for the silo that dies meanwhile: its callers hear of it only by their time limit.</remarks>
    [Alias("changes"), ResponseTimeout("00:00:04")]
    Task<PresenceChanges> Changes(ChangeCursor after, CancellationToken cancellationToken);
}
