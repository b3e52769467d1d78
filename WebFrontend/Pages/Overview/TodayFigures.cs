using Hearth.Model.Views;

namespace Hearth.WebFrontend.Pages.Overview;

/// <summary>The counts of the day it is, as of the last flush.</summary>
public sealed record TodayFigures(
    DateOnly Day, long Views, long Visitors, IReadOnlyList<PageCount> Pages, IReadOnlyList<CatalogueCount> Categories, IReadOnlyList<CatalogueCount> Products);
