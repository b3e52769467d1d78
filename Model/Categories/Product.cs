namespace Hearth.Model.Categories;

/// <summary>A product.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="CategoryId">The category that it is in; null for none.</param>
public sealed record Product(string Id, string Name, string? CategoryId);
