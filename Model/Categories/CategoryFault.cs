namespace Hearth.Model.Categories;

/// <summary>A row that is not reached from any root, and so is in nobody's subtree.</summary>
/// <param name="Row">The row as it is stored.</param>
/// <param name="Problem">
/// <c>orphan</c>: its parent does not exist; <c>self-parent</c>; <c>cycle</c>: it is on a cycle; <c>below-orphan</c>,
/// <c>below-self-parent</c>, <c>below-cycle</c>: its nearest ancestor with a fault of its own has that one;
/// <c>duplicate</c>: its id is not valid Unicode and reads as another row's.
/// </param>
public sealed record CategoryFault(CategoryRow Row, string Problem);
