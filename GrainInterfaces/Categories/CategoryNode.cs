namespace Hearth.GrainInterfaces.Categories;

/// <summary>One category in the pre-order of its tree.</summary>
/// <param name="Id">The category's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The parent's place; -1 for a root.</param>
/// <param name="End">The place after the last descendant.</param>
/// <param name="Depth">1 for a root.</param>
/// <param name="Position">Its rank among siblings.</param>
/// <param name="ChildCount">How many children it has.</param>
public readonly record struct CategoryNode(
    string Id, string Name, int Parent, int End, int Depth, int Position, int ChildCount);
