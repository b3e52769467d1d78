namespace Hearth.WebFrontend.Pages.Overview;

/// <param name="Id">A category's or a product's id.</param>
/// <param name="Name">Its name; null where there is none of this id.</param>
/// <param name="Page">The page that was viewed.</param>
/// <param name="Views">How often.</param>
public sealed record CatalogueCount(string Id, string? Name, string Page, long Views);
