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
    /// <exception cref="Model.Storage.StoreUnavailableException">The database is needed and cannot be reached.</exception>
    [Alias("states")]
    ValueTask<ImmutableArray<PresenceState>> States(ImmutableArray<string> users);

    /// <summary>Returns a page of who is online in all shards.</summary>
    /// <param name="limit">The most users to return.</param>
    /// <param name="after">The user before the page; null for the first page.</param>
    /// <param name="actual">Whether invisible users count.</param>
    [Alias("online")]
    ValueTask<OnlinePage> Online(int limit, string? after, bool actual);

    /// <summary>
    /// Returns users whose id begins with a text, as they truly are, in the order of their bytes: those who are online,
    /// those whose last action has reached the database, and the one whose id is the whole text, who need not be known.
    /// </summary>
    /// <param name="prefix">What their ids begin with, at least one character.</param>
    /// <param name="limit">The most users to return.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database cannot be reached.</exception>
    [Alias("search")]
    ValueTask<ImmutableArray<PresenceState>> Search(string prefix, int limit);
}
