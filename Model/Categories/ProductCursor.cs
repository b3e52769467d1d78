namespace Hearth.Model.Categories;

/// <summary>The last product of a page; the next page starts behind it.</summary>
/// <param name="Name">Its name, which matters only where products are sorted by it.</param>
/// <param name="Id">Its id.</param>
public sealed record ProductCursor(string Name, string Id)
{
    /// <summary>Before every product.</summary>
    public static ProductCursor Start { get; } = new("", "");
}
