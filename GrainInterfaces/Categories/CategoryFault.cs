namespace Hearth.GrainInterfaces.Categories;

/// <summary>A row that is not reached from any root, and so is in nobody's subtree.</summary>
/// <param name="Row">The row as it is stored.</param>
/// <param name="Problem">
/// <c>orphan</c>: its parent does not exist; <c>self-parent</c>; <c>cycle</c>: it is on a cycle; <c>below-orphan</c>,
/// <c>below-self-parent</c>, <c>below-cycle</c>: its nearest ancestor with a fault of its own has that one;
/// <c>duplicate</c>: its id is not valid Unicode and reads as another row's.
/// </param>
[GenerateSerializer, Immutable, Alias("category-fault")]
public sealed record CategoryFault([property: Id(0)] CategoryRow Row, [property: Id(1)] string Problem);
