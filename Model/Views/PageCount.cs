namespace Hearth.Model.Views;

/// <summary>A page's counts over some days.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">The sum over the days of the distinct visitors of each.</param>
public readonly record struct PageCount(string Page, long Views, long Visitors);
