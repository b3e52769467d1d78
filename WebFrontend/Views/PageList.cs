using Hearth.Model.Views;

namespace Hearth.WebFrontend.Views;

/// <summary>Pages that have views.</summary>
/// <param name="Pages">The pages, by id.</param>
/// <param name="Next">The <c>after</c> of the next page of the list; null at its end.</param>
internal sealed record PageList(IReadOnlyList<PageCount> Pages, string? Next);
