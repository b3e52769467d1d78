namespace Hearth.Model.Views;

/// <summary>A view in the log.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="View">What is counted.</param>
public readonly record struct LoggedView(string Page, PageView View);
