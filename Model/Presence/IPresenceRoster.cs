using System.Collections.Immutable;

namespace Hearth.Model.Presence;

/// <summary>
/// The durable record of users who are online, invisible, or not yet flushed. Kept by bucket, so that one write serves
/// both the user and the directory's shard, and a shard is loaded by reading a range.
/// </summary>
/// <remarks>
/// <para>The store's clock is the only one that ages entries while they lie there, so it does not matter which silo wrote
/// one and which loads it.</para>
/// <para>Calls made one after another take effect in that order. All throw <see cref="Storage.StoreUnavailableException"/>,
/// and writes throw <see cref="RosterTakenOverException"/>, having changed nothing, once somebody else has
/// taken the bucket over.</para>
/// </remarks>
public interface IPresenceRoster
{
    /// <summary>
    /// Takes over the buckets <paramref name="first"/> to <paramref name="last"/>, both included: from now on writes of
    /// any earlier epoch are refused there, so that a silo that was taken for dead cannot acknowledge what nobody will see.
    /// </summary>
    /// <returns>The epoch, in ticks of the store's clock: greater than any before, and than any revision made in those.</returns>
    Task<long> TakeOver(int first, int last);

    /// <summary>Returns every entry of the buckets <paramref name="first"/> to <paramref name="last"/>, both included, aged up to now.</summary>
    Task<IReadOnlyList<RosterEntry>> Load(int first, int last);

    /// <summary>Stores an entry; one with a greater revision that is there already stays. Durable when it returns.</summary>
    /// <param name="entry">The entry, made just now.</param>
    /// <param name="epoch">What <see cref="TakeOver"/> returned.</param>
    Task Put(RosterEntry entry, long epoch);

    /// <summary>Removes those of the entries that are still of the same revision.</summary>
    /// <param name="entries">Entries of which only the user and the revision count.</param>
    /// <param name="epoch">What <see cref="TakeOver"/> returned.</param>
    Task Remove(ImmutableArray<RosterEntry> entries, long epoch);
}
