using System.Collections.Immutable;
using Hearth.Model.Storage;
using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>
/// Holds one page's view counts. Key: the page's id, as the caller spells it. What was applied is in memory only until
/// <see cref="Persist"/>; the log keeps it until then.
/// </summary>
[Alias("page")]
public interface IPageGrain : IGrainWithStringKey
{
    /// <summary>Applies log entries in order; those at or below the offset already applied are skipped.</summary>
    /// <param name="partition">The partition of the log that the entries stand in.</param>
    /// <param name="previousOffset">The last offset sent to this page since the partition's last checkpoint; 0 for none.</param>
    /// <param name="entries">The page's parts of entries, offsets ascending.</param>
    [Alias("apply")]
    ValueTask<ApplyResult> Apply(int partition, long previousOffset, ImmutableArray<ViewEntry> entries);

    /// <summary>Makes what was applied of a partition durable; returns once it is.</summary>
    /// <param name="partition">The partition of the log.</param>
    /// <param name="offset">The offset that the page must have applied.</param>
    /// <exception cref="StoreUnavailableException">The state could not be written; the activation is given up.</exception>
    [Alias("persist")]
    ValueTask<ApplyResult> Persist(int partition, long offset);

    /// <summary>Returns the durable counts that the database lacks, as absolute numbers.</summary>
    /// <exception cref="StoreUnavailableException">Rows that the counts build on could not be read from the database.</exception>
    [Alias("read-unflushed")]
    ValueTask<UnflushedRows> ReadUnflushed();

    /// <summary>Tells the page which of its counts the database now has.</summary>
    [Alias("flushed")]
    ValueTask Flushed(ImmutableArray<FlushMark> marks);

    /// <summary>The page's totals of people over all time, and today's; zeros for a page never viewed.</summary>
    /// <exception cref="StoreUnavailableException">A store that the answer needs could not be read.</exception>
    [Alias("get-totals")]
    ValueTask<PageTotals> GetTotals();

    /// <summary>The page's totals over all time, and today's; zeros for a page never viewed.</summary>
    /// <param name="traffic">Whose views to count; null counts all.</param>
    /// <exception cref="StoreUnavailableException">A store that the answer needs could not be read.</exception>
    [Alias("get-totals-of")]
    ValueTask<PageTotals> GetTotals(Traffic? traffic);

    /// <summary>Counts over a range, day by day.</summary>
    /// <param name="range">The days.</param>
    /// <param name="traffic">Whose views to count; null counts all.</param>
    /// <exception cref="StoreUnavailableException">A store that the answer needs could not be read.</exception>
    [Alias("get-day-series")]
    ValueTask<PageDaySeries> GetDays(DayRange range, Traffic? traffic);

    /// <summary>Counts over a range, by the values of a dimension.</summary>
    /// <param name="range">The days.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="traffic">Whose views to count; null counts all.</param>
    /// <exception cref="StoreUnavailableException">A store that the answer needs could not be read.</exception>
    [Alias("get-breakdown")]
    ValueTask<PageBreakdown> GetBreakdown(DayRange range, ViewDimension dimension, Traffic? traffic);

    /// <summary>
    /// Forgets what was counted of the page, in memory, in its state and in the database, and what the log still holds for
    /// it. It starts at zero. While the database is away, its rows go as soon as it is back.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The log or the state's store cannot be reached; nothing was forgotten.</exception>
    [Alias("forget")]
    ValueTask Forget();
}
