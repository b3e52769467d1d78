namespace Hearth.GrainInterfaces.Categories;

/// <summary>What becomes of the children of a category that is removed.</summary>
public enum ChildrenPolicy
{
    /// <summary>They are removed with it, and everything below them.</summary>
    Cascade,

    /// <summary>They move to its parent, at the positions that they have.</summary>
    Adopt,

    /// <summary>It stays while it has any.</summary>
    Restrict,
}
