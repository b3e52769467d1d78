using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>
/// The durable record of users who are online, invisible, or not yet flushed. Kept by bucket, so that one write serves
/// both the user and the directory's shard, and a shard is loaded by reading a range.
/// </summary>
/// <remarks>Calls made one after another take effect in that order. All throw <see cref="Storage.StoreUnavailableException"/>.</remarks>
public interface IPresenceRoster
{
    /// <summary>Returns every entry of the buckets <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    Task<IReadOnlyList<RosterEntry>> Load(int first, int last);

    /// <summary>Stores an entry; one with a greater revision that is there already stays. Durable when it returns.</summary>
    Task Put(RosterEntry entry);

    /// <summary>Removes those of the entries that are still of the same revision.</summary>
    Task Remove(ImmutableArray<RosterEntry> entries);
}
