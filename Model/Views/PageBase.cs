using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>What the database knows of a page.</summary>
/// <param name="Views">People's views over all days.</param>
/// <param name="Visitors">The sum over all days of each day's visitors.</param>
/// <param name="LastDay">The last day that has any; null where none has.</param>
/// <param name="Rows">The rows of the days asked for, of every slice.</param>
/// <param name="BotViews">The bots' views over all days.</param>
public sealed record PageBase(long Views, long Visitors, DateOnly? LastDay, ImmutableArray<PageViewRow> Rows, long BotViews = 0);
