using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// Knows who is online in one shard, and answers for all of its users without waking their grains. Key: the shard's
/// number, see <see cref="PresenceBuckets"/>.
/// </summary>
/// <remarks>
/// Holds every user who is online, invisible, or not yet flushed to <c>user_presence</c>; all of them stand in the
/// roster, which it takes over and loads when it activates. Lapses are decided by its own monotonic clock.
/// </remarks>
[Alias("presence-directory")]
public interface IPresenceDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the latest entry of a user, aged up to now, or null for one who is visible, offline and has nothing to flush.</summary>
    [Alias("recall")]
    ValueTask<RosterEntry?> Recall(string user);

    /// <summary>Takes over a user grain's decision. When the call returns, every read shows it.</summary>
    /// <param name="entry">The user's new entry, made just now; its revision is ignored.</param>
    /// <param name="durable">
    /// Whether the roster must have it before it is shown and the call returns. It also gets it when what it has is older
    /// than <see cref="PresenceOptions.StoreInterval"/>.
    /// </param>
    [Alias("record")]
    ValueTask Record(RosterEntry entry, bool durable);

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
