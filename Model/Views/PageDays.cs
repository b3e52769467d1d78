namespace Hearth.Model.Views;

/// <summary>Some days of a page.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="Days">The days, each once.</param>
public readonly record struct PageDays(string Page, IReadOnlyCollection<DateOnly> Days);
