using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// Knows who is online in one shard, and answers for all of its users without waking their grains. Key: the shard's
/// number, see <see cref="PresenceBuckets"/>.
/// </summary>
/// <remarks>
/// Holds every user who is online, invisible, or not yet flushed to <c>user_presence</c>; all of them stand in the
/// roster, which it loads when it activates and which nobody else writes. Lapses are decided by its own monotonic clock.
/// </remarks>
[Alias("presence-directory")]
public interface IPresenceDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the latest entry of a user, or null for one who is visible, offline and has nothing to flush.</summary>
    [Alias("recall")]
    ValueTask<RecalledUser?> Recall(string user);

    /// <summary>Takes over a user grain's decision. When the call returns, every read shows it.</summary>
    /// <param name="entry">The user's new entry; its revision is ignored.</param>
    /// <param name="onlineFor">How long the user is online without another action; zero when offline.</param>
    /// <param name="durable">Whether the roster must have it before it is shown and the call returns.</param>
    [Alias("record")]
    ValueTask Record(RosterEntry entry, TimeSpan onlineFor, bool durable);

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
    /// Returns the changes after the cursor as soon as there are any, and an empty batch when there are none for some
    /// seconds. A cursor of another activation, or one too far back, gets a snapshot at once.
    /// </summary>
    [Alias("changes"), ResponseTimeout("00:00:20")]
    Task<PresenceChanges> Changes(ChangeCursor after, CancellationToken cancellationToken);
}
