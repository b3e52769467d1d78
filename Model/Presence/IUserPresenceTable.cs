using System.Collections.Immutable;

namespace Hearth.Model.Presence;

/// <summary>The table <c>user_presence</c> of the site's database, which the site's own programs may read.</summary>
/// <remarks>All calls throw <see cref="Storage.StoreUnavailableException"/>.</remarks>
public interface IUserPresenceTable
{
    /// <summary>
    /// Inserts or updates rows. The later of two last actions stays, so a batch may be repeated or cut short.
    /// </summary>
    Task Upsert(ImmutableArray<UserPresenceRow> rows);

    /// <summary>Removes a user's row, if there is one.</summary>
    Task Remove(string user);

    /// <summary>Returns the rows there are of these users, in any order, with one query.</summary>
    Task<IReadOnlyList<UserPresenceRow>> Find(ImmutableArray<string> users);

    /// <summary>Returns the ids of users that begin with a text, in the order of their bytes.</summary>
    /// <param name="prefix">What they begin with; empty for all.</param>
    /// <param name="limit">The most ids to return.</param>
    Task<IReadOnlyList<string>> FindUsers(string prefix, int limit);
}
