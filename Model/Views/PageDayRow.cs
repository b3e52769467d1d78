namespace Hearth.Model.Views;

/// <summary>A row of the table <c>page_view_days</c>: absolute counts of one page and day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Views">How many views by people.</param>
/// <param name="Visitors">How many distinct visitors, estimated.</param>
/// <param name="BotViews">How many views by bots.</param>
/// <param name="Sketch">The sketch that the estimate comes from; empty where it is not kept.</param>
public sealed record PageDayRow(DateOnly Day, long Views, long Visitors, long BotViews, byte[] Sketch)
{
    /// <summary>The views of one kind, or of both.</summary>
    public long ViewsOf(Traffic? traffic) => traffic switch
    {
        Traffic.Human => Views,
        Traffic.Bot => BotViews,
        _ => Views + BotViews,
    };
}
