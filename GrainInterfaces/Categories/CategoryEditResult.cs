namespace Hearth.GrainInterfaces.Categories;

/// <summary>How an edit ended.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Version">The version that it led to; where nothing changed, the present one.</param>
/// <param name="Category">The category at that version; null where it is gone or the edit was refused.</param>
/// <param name="Reason">Why it was refused, for the caller to read.</param>
[GenerateSerializer, Immutable, Alias("category-edit-result")]
public sealed record CategoryEditResult(
    [property: Id(0)] CategoryEditStatus Status,
    [property: Id(1)] long Version,
    [property: Id(2)] CategoryView? Category,
    [property: Id(3)] string? Reason);
