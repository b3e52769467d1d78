namespace Hearth.GrainInterfaces.Categories;

/// <summary>How an edit ended.</summary>
public enum CategoryEditStatus
{
    /// <summary>It is committed.</summary>
    Done,

    /// <summary>There is no such category; nothing changed.</summary>
    Unknown,

    /// <summary>The tree as it is does not allow it; nothing changed.</summary>
    Conflict,
}
