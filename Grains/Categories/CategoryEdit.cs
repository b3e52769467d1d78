using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>What an edit comes to in one tree: changes to commit, or a refusal.</summary>
/// <param name="Status">Done, or why not.</param>
/// <param name="Id">The category in question.</param>
/// <param name="Changes">What is to be committed; empty where all is as asked already.</param>
/// <param name="Reason">Why it is refused, for the caller to read.</param>
internal sealed record CategoryEdit(CategoryEditStatus Status, string Id, CategoryChanges Changes, string? Reason)
{
    /// <summary>Whether there is anything to commit.</summary>
    public bool IsToBeCommitted => Status == CategoryEditStatus.Done && Changes.Count > 0;

    public static CategoryEdit Create(CategoryTree tree, NewCategory category, Func<string> newId)
    {
        var id = category.Id ?? FreshId(tree, newId);
        if (tree.Find(id) is not null)
        {
            return Conflict(id, $"The category '{id}' exists already.");
        }

        var parent = -1;
        if (category.ParentId is not null && !tree.TryFind(category.ParentId, out parent))
        {
            return UnknownParent(id, category.ParentId);
        }

        var position = category.Position ?? CategoryOrder.Next(tree, parent);
        return Done(id, new CategoryChanges([new CategoryRow(id, category.ParentId, category.Name, position)], []));
    }

    public static CategoryEdit Update(CategoryTree tree, string id, CategoryPatch patch)
    {
        if (tree.Find(id) is not { } row)
        {
            return Unknown(id);
        }

        if ((patch.Move is { } move ? RefuseMove(tree, id, move.ParentId) : RefuseToStay(tree, id)) is { } refusal)
        {
            return refusal;
        }

        var changed = row with
        {
            Name = patch.Name ?? row.Name,
            ParentId = patch.Move is null ? row.ParentId : patch.Move.ParentId,
            Position = patch.Position ?? row.Position,
        };
        return Done(id, changed == row ? CategoryChanges.None : new CategoryChanges([changed], []));
    }

    /// <param name="tree">The tree.</param>
    /// <param name="id">The category.</param>
    /// <param name="parentId">Where it goes; null makes it a root.</param>
    /// <param name="before">The sibling that it goes before; null puts it behind the last.</param>
    public static CategoryEdit Place(CategoryTree tree, string id, string? parentId, string? before)
    {
        if (tree.Find(id) is not { } row)
        {
            return Unknown(id);
        }

        if (RefuseMove(tree, id, parentId) is { } refusal)
        {
            return refusal;
        }

        var parent = -1;
        if (parentId is not null)
        {
            tree.TryFind(parentId, out parent);
        }

        var siblings = tree.Children(parent).Select(tree.Row).Where(sibling => sibling.Id != id).ToList();
        var at = before is null ? siblings.Count : siblings.FindIndex(sibling => sibling.Id == before);
        if (at < 0)
        {
            return Conflict(id, $"The category '{before}' is not beside it any more.");
        }

        var rows = CategoryPlacement.Place(siblings, row with { ParentId = parentId }, at);
        return Done(id, new CategoryChanges([.. rows.Where(changed => changed != tree.Find(changed.Id))], []));
    }

    public static CategoryEdit Delete(CategoryTree tree, string id, ChildrenPolicy policy)
    {
        if (tree.Find(id) is null)
        {
            return Unknown(id);
        }

        var subtree = CategorySubtree.Of(tree, id);
        return policy switch
        {
            ChildrenPolicy.Cascade => Done(id, new CategoryChanges([], subtree.All())),
            ChildrenPolicy.Adopt => Done(id, new CategoryChanges([.. subtree.Children.Select(child => child with { ParentId = subtree.Parent })], [id])),
            _ when subtree.Children.Any() => Conflict(id, $"The category '{id}' has children."),
            _ => Done(id, new CategoryChanges([], [id])),
        };
    }

    private static CategoryEdit? RefuseMove(CategoryTree tree, string id, string? parentId)
    {
        if (parentId is null)
        {
            return null;
        }

        var isReached = tree.TryFind(id, out var place);
        if (parentId == id || (isReached && tree.TryFind(parentId, out var below) && below > place && below < tree[place].End))
        {
            return Conflict(id, $"The category '{id}' cannot be below itself.");
        }

        return tree.TryFind(parentId, out _) ? null : UnknownParent(id, parentId);
    }

    private static CategoryEdit? RefuseToStay(CategoryTree tree, string id) => tree.TryFind(id, out _) ? null
        : Conflict(id, $"The category '{id}' is not in the tree. Give it a parentId that is, or null.");

    private static string FreshId(CategoryTree tree, Func<string> newId)
    {
        string id;
        do
        {
            id = newId();
        }
        while (tree.Find(id) is not null);
        return id;
    }

    private static CategoryEdit Done(string id, CategoryChanges changes) => new(CategoryEditStatus.Done, id, changes, null);

    private static CategoryEdit Unknown(string id) => new(CategoryEditStatus.Unknown, id, CategoryChanges.None, $"There is no category '{id}'.");

    private static CategoryEdit UnknownParent(string id, string parentId) => Conflict(id, $"The parent '{parentId}' is not in the tree.");

    private static CategoryEdit Conflict(string id, string reason) => new(CategoryEditStatus.Conflict, id, CategoryChanges.None, reason);
}
