namespace Hearth.Model.Views;

/// <summary>One page's part of a flush.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="Unflushed">Its rows.</param>
public readonly record struct FlushedPage(string Page, UnflushedRows Unflushed);
