namespace Hearth.Model.Views;

/// <summary>One or more views of a page that share everything but their page.</summary>
/// <param name="Day">The day they count on.</param>
/// <param name="Location">Where they came from, 1 to 32 of <c>A-Z a-z 0-9 - _</c>, or empty.</param>
/// <param name="Visitor">A 64-bit hash of who saw the page, uniformly distributed; null where nobody said.</param>
/// <param name="Count">How many views, at least 1.</param>
public readonly record struct PageView(
    DateOnly Day, string Location, ulong? Visitor, int Count);
