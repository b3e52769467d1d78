namespace Hearth.GrainInterfaces.Categories;

/// <summary>The last product of a page; the next page starts behind it.</summary>
/// <param name="Name">Its name, which matters only where products are sorted by it.</param>
/// <param name="Id">Its id.</param>
[GenerateSerializer, Immutable, Alias("product-cursor")]
public sealed record ProductCursor([property: Id(0)] string Name, [property: Id(1)] string Id)
{
    /// <summary>Before every product.</summary>
    public static ProductCursor Start { get; } = new("", "");
}
