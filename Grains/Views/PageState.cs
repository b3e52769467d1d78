namespace Hearth.Grains.Views;

/// <summary>What is stored of a page. Counts and offsets stand together, so that a replay cannot count twice.</summary>
[GenerateSerializer, Alias("page-state")]
internal sealed class PageState
{
    /// <summary>The last offset applied, by partition of the log.</summary>
    [Id(0)]
    public Dictionary<int, long> Applied { get; init; } = [];

    /// <summary>The days that the page holds itself.</summary>
    [Id(1)]
    public Dictionary<DateOnly, PageDay> Days { get; init; } = [];

    /// <summary>Whether what the database knew of the page before it had a state is in the cold fields.</summary>
    [Id(2)]
    public bool BaseKnown { get; set; }

    /// <summary>Views on days that only the database holds.</summary>
    [Id(3)]
    public long ColdViews { get; set; }

    /// <summary>The sum of the visitors of each day that only the database holds.</summary>
    [Id(4)]
    public long ColdVisitors { get; set; }

    /// <summary>The last day that the database may hold without the page holding it; null for none.</summary>
    [Id(5)]
    public DateOnly? ColdThrough { get; set; }

    /// <summary>Bots' views on days that only the database holds.</summary>
    [Id(6)]
    public long ColdBotViews { get; set; }

    /// <summary>Whether the page was forgotten while the database may still hold rows of it: they are removed with the next flush.</summary>
    [Id(7)]
    public bool IsForgotten { get; set; }
}
