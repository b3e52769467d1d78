using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// Gathers answers from the shards of the directory, and from the database for users the directory does not hold.
/// A stateless worker; the key is always 0.
/// </summary>
[Alias("presence-reader")]
public interface IPresenceReaderGrain : IGrainWithIntegerKey
{
    /// <summary>Returns one state for each user, in the order asked: one call per shard and at most one query.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database is needed and cannot be reached.</exception>
    [Alias("states")]
    ValueTask<ImmutableArray<PresenceState>> States(ImmutableArray<string> users);

    /// <summary>Returns a page of who is online in all shards.</summary>
    /// <param name="limit">The most users to return.</param>
    /// <param name="after">The user before the page; null for the first page.</param>
    /// <param name="actual">Whether invisible users count.</param>
    [Alias("online")]
    ValueTask<OnlinePage> Online(int limit, string? after, bool actual);
}
