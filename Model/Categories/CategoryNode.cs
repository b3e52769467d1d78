namespace Hearth.Model.Categories;

/// <summary>One category in the pre-order of its tree. Texts are made when they are asked for.</summary>
public readonly struct CategoryNode
{
    private readonly CategoryColumns _columns;
    private readonly int _place;

    internal CategoryNode(CategoryColumns columns, int place) => (_columns, _place) = (columns, place);

    /// <summary>The category's id.</summary>
    public string Id => _columns.Id(_place);

    /// <summary>Its name.</summary>
    public string Name => _columns.Name(_place);

    /// <summary>The parent's place; -1 for a root.</summary>
    public int Parent => _columns.Parents[_place];

    /// <summary>The place after the last descendant.</summary>
    public int End => _columns.End(_place);

    /// <summary>1 for a root.</summary>
    public int Depth => _columns.Depths[_place];

    /// <summary>Its rank among siblings.</summary>
    public int Position => _columns.Positions[_place];

    /// <summary>How many children it has.</summary>
    public int ChildCount => _columns.ChildCounts[_place];
}
