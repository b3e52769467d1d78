using Hearth.Model.Views;

namespace Hearth.WebFrontend.Views;

/// <summary>The most viewed pages as of the last flush to the database; null before the first.</summary>
internal sealed record TopViews(DateTimeOffset? AsOf, IReadOnlyList<PageCount> Pages);
