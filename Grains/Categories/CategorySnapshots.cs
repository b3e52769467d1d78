using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>
/// Stores the tree as grain state now and then, which saves a cold start the reading of the table. Its rows are let go
/// of as soon as they are read or written, so that the tree stands in memory once.
/// </summary>
internal sealed class CategorySnapshots(IPersistentState<CategorySnapshot> state, TimeProvider time)
{
    private long _taken = time.GetTimestamp();
    private bool _isStale;

    /// <summary>The latest version that may be stored; -1 for none.</summary>
    public long Version => state.State.Version;

    /// <summary>Whether a version is known to be stored.</summary>
    public bool Holds(long version) => !_isStale && Version == version;

    /// <summary>How long ago the last one was tried.</summary>
    public TimeSpan Age => time.GetElapsedTime(_taken);

    /// <summary>Returns the stored tree where it is of a version, else null.</summary>
    public CategoryTree? Take(long version)
    {
        var tree = Version == version ? CategoryTree.Build(version, state.State.Rows) : null;
        ForgetRows();
        return tree;
    }

    public async Task Store(CategoryTree tree)
    {
        _taken = time.GetTimestamp();
        if (_isStale)
        {
            await state.ReadStateAsync();
        }

        // Until the write has succeeded, what is known of the stored snapshot may be wrong, its ETag included.
        _isStale = true;
        var previous = Version;
        state.State = new CategorySnapshot { Version = tree.Version, Rows = [.. tree.Rows] };
        try
        {
            await state.WriteStateAsync();
            _isStale = false;
        }
        finally
        {
            ForgetRows();
            state.State.Version = _isStale ? Math.Max(previous, tree.Version) : tree.Version;
        }
    }

    private void ForgetRows() => state.State = new CategorySnapshot { Version = state.State.Version };
}
