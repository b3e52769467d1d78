namespace Hearth.Model.Categories;

/// <summary>
/// The category table of the site's database. Guards in the database raise the version at every change, by any program,
/// and refuse cycles.
/// </summary>
public interface ICategoryStore
{
    /// <summary>Reads the version alone.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be read.</exception>
    Task<long> ReadVersion();

    /// <summary>Reads the whole table and its version in one snapshot, row by row.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be read.</exception>
    Task<CategoryTree> Load();

    /// <summary>Reads what other programs have changed since a version; null where the database does not know.</summary>
    /// <param name="since">The version that the caller has.</param>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be read.</exception>
    Task<CategoryDelta?> ReadChanges(long since);

    /// <summary>
    /// Commits changes that are right for one version of the table: they must lead from that version to a table without
    /// new cycles, because the cycle guard does not look at them. Raises the version by one, also where nothing changes.
    /// </summary>
    /// <param name="version">The version that the caller has seen.</param>
    /// <param name="changes">What changes.</param>
    /// <returns>The new version; null where the table is of another version than the caller's, and nothing changed.</returns>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be written.</exception>
    Task<long?> Commit(long version, CategoryBatch changes);

    /// <summary>
    /// Keeps everybody else from changing the table, reads it, and commits what is made of it; so it succeeds however fast
    /// others edit. The changes are as for <see cref="Commit"/>.
    /// </summary>
    /// <param name="plan">Makes changes of the whole table, or null for none. It may be asked again, for a newer table.</param>
    /// <returns>The new version; null where nothing was to change.</returns>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be written.</exception>
    Task<long?> Change(Func<CategoryTree, CategoryBatch?> plan);

    /// <summary>
    /// Listens to what the database announces of other programs' edits, until that breaks off. Returns at once where the
    /// database announces nothing.
    /// </summary>
    /// <param name="heard">Called when it begins to listen, and after each edit, or after several.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <exception cref="Storage.StoreUnavailableException">The connection is lost.</exception>
    Task Listen(Action heard, CancellationToken cancellationToken);
}
