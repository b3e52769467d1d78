namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// Owns the category tree: every edit through Hearth goes through it, one after the other, and every replica is fed by
/// it. Key: 0, the one forest. Durable is the category table alone; an edit is committed there before it is answered,
/// and edits that other programs make there are noticed by its version.
/// </summary>
[Alias("category-tree")]
public interface ICategoryTreeGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const long Key = 0;

    /// <summary>
    /// Feeds a replica for as long as it listens: first what it lacks, then each newer version, several at once where
    /// edits are faster than the replica.
    /// </summary>
    /// <param name="sinceVersion">The version that the replica has; null for none.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    [Alias("watch")] IAsyncEnumerable<CategoryFeedPart> Watch(long? sinceVersion, CancellationToken cancellationToken = default);

    /// <summary>Makes a category. A conflict where the id is taken, or the parent is not in the tree.</summary>
    /// <param name="category">The category.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The table cannot be written.</exception>
    [Alias("create")] ValueTask<CategoryEditResult> Create(NewCategory category);

    /// <summary>Changes a category. A conflict where it would be below itself, or outside of the tree.</summary>
    /// <param name="id">The category.</param>
    /// <param name="patch">What changes.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The table cannot be written.</exception>
    [Alias("update")] ValueTask<CategoryEditResult> Update(string id, CategoryPatch patch);

    /// <summary>
    /// Puts a category between siblings, giving those behind it new positions where there is no room. A conflict where
    /// it would be below itself, or the sibling is not there any more.
    /// </summary>
    /// <param name="id">The category.</param>
    /// <param name="parentId">Where it goes; null makes it a root.</param>
    /// <param name="before">The sibling that it goes before; null puts it behind the last.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The table cannot be written.</exception>
    [Alias("place")] ValueTask<CategoryEditResult> Place(string id, string? parentId, string? before);

    /// <summary>Removes a category. Its products, and those of everything removed with it, lose their category.</summary>
    /// <param name="id">The category.</param>
    /// <param name="children">What becomes of its children.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The table cannot be written.</exception>
    [Alias("delete")] ValueTask<CategoryEditResult> Delete(string id, ChildrenPolicy children);

    /// <summary>Looks at the table now, rather than at the next poll; returns the version.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">The table cannot be read.</exception>
    [Alias("refresh"), ResponseTimeout("00:02:00")] ValueTask<long> Refresh();

    /// <summary>Reads the whole table and builds the tree anew, whatever its version says.</summary>
    /// <exception cref="Model.Storage.StoreUnavailableException">The table cannot be read.</exception>
    [Alias("reindex"), ResponseTimeout("00:01:00")] ValueTask<CategoryReindexResult> Reindex();
}
