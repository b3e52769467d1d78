namespace Hearth.Model.Views;

/// <summary>A view as it is appended to the log.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="View">What is counted.</param>
/// <param name="EventId">A 128-bit hash of the caller's event id; null where there is none.</param>
public readonly record struct AppendedView(string Page, PageView View, UInt128? EventId);
