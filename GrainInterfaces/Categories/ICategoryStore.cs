namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// The category table of the site's database. Guards in the database raise the version at every change, by any program,
/// and refuse cycles.
/// </summary>
public interface ICategoryStore
{
    /// <summary>Reads the version alone.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be read.</exception>
    Task<long> ReadVersion();

    /// <summary>Reads the whole table and its version in one snapshot.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be read.</exception>
    Task<CategoryRows> Load();

    /// <summary>
    /// Commits changes that are right for one version of the table: they must lead from that version to a table without
    /// new cycles, because the cycle guard does not look at them. Raises the version by one, also where nothing changes.
    /// </summary>
    /// <param name="version">The version that the caller has seen.</param>
    /// <param name="changes">What changes.</param>
    /// <returns>The new version; null where the table is of another version than the caller's, and nothing changed.</returns>
    /// <exception cref="Storage.StoreUnavailableException">The database cannot be written.</exception>
    Task<long?> Commit(long version, CategoryChanges changes);
}
