namespace Hearth.Model.Views;

/// <summary>A page whose persisted counts wait for the database.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="Sequence">Above 0; grows each time a checkpoint notes the page, so that a removal forgets no later note.</param>
public readonly record struct PendingPage(string Page, long Sequence);
