namespace Hearth.Model.Views;

/// <summary>A part of the views of a page and day.</summary>
/// <param name="Dimension">By what they are broken down.</param>
/// <param name="Traffic">Whose views they are.</param>
/// <param name="Value">The value within the dimension, at most 253 characters; may be empty.</param>
public readonly record struct ViewSlice(ViewDimension Dimension, Traffic Traffic, string Value)
{
    /// <summary>The value of views past the bound on a dimension's values.</summary>
    public const string Other = "other";

    /// <summary>People's views from a location: what stands in the table <c>page_views</c>.</summary>
    public static ViewSlice OfLocation(string location) => new(ViewDimension.Location, Traffic.Human, location);
}
