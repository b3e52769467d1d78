using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>Keeps the newest tree that is published the same as the table, whoever edits it. Used in turns of one grain.</summary>
internal sealed class CategoryTable(ICategoryStore store, CategoryFeed feed, CategoriesMetrics metrics, TimeProvider time)
{
    private const int MaxTries = 3;

    private long _lookedAt = time.GetTimestamp();

    /// <summary>How long ago the version was compared last.</summary>
    public TimeSpan Age => time.GetElapsedTime(_lookedAt);

    public async Task<CategoryTree> Load()
    {
        var started = time.GetTimestamp();
        var tree = await store.Load();
        metrics.Reloaded(time.GetElapsedTime(started));
        return tree;
    }

    /// <summary>Takes over what others have committed; returns whether that was anything.</summary>
    public async Task<bool> Refresh()
    {
        _lookedAt = time.GetTimestamp();
        if (await store.ReadVersion() == feed.Tree.Version)
        {
            return false;
        }

        if (await store.ReadChanges(feed.Tree.Version) is { } known)
        {
            feed.Publish(feed.Tree.Apply(known.Changes, known.Version), known.Changes);
        }
        else
        {
            Follow(await Load());
        }

        return true;
    }

    /// <summary>Reads the table anew, whatever its version says.</summary>
    public async Task Reload()
    {
        var loaded = await Load();
        if (loaded.Version == feed.Tree.Version && CategoryBatch.Between(feed.Tree, loaded).Count > 0)
        {
            // Rows changed behind the guards' back: a version must not stand for two trees.
            await store.Commit(loaded.Version, CategoryChanges.None);
            loaded = await Load();
        }

        Follow(loaded);
    }

    /// <summary>
    /// Commits what an edit comes to, and publishes it. What the tree refuses, the table may allow by now, so a refusal is
    /// told only of a tree that is up to date. Where others edit faster, they are kept out for once.
    /// </summary>
    public async Task<CategoryEdit> Edit(Func<CategoryTree, CategoryEdit> plan)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var edit = plan(feed.Tree);
            if (edit.IsToBeCommitted && await store.Commit(feed.Tree.Version, edit.Changes) is { } version)
            {
                Publish(edit, version);
                return edit;
            }

            if (!await Refresh() && !edit.IsToBeCommitted)
            {
                return edit;
            }

            metrics.Retried();
        }

        return await EditAlone(plan);
    }

    private async Task<CategoryEdit> EditAlone(Func<CategoryTree, CategoryEdit> plan)
    {
        var (tree, edit) = (feed.Tree, default(CategoryEdit));
        var version = await store.Change(table =>
        {
            tree = table;
            edit = plan(tree);
            return edit.IsToBeCommitted ? CategoryBatch.Of(edit.Changes) : null;
        });
        Follow(tree);
        if (version is { } committed)
        {
            Publish(edit!, committed);
        }

        return edit!;
    }

    private void Publish(CategoryEdit edit, long version)
    {
        feed.Publish(feed.Tree.Apply(edit.Changes, version), edit.Changes);
        metrics.Edited();
    }

    private void Follow(CategoryTree tree)
    {
        if (tree.Version != feed.Tree.Version)
        {
            var changes = CategoryBatch.Between(feed.Tree, tree);
            feed.Publish(tree, changes.Count <= CategoryHistory.MaxRows ? changes.ToChanges() : null);
        }
    }
}
