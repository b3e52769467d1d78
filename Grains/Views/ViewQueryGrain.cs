using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Ids;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Hearth.Grains.Views;

[GrainType("view-query"), StatelessWorker]
internal sealed class ViewQueryGrain(IViewLog log, IPageViewStore database, IOptions<ViewsOptions> options, SteadyClock time) : Grain, IViewQueryGrain
{
    private const int MaxPending = 1000;

    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(2);

    public ValueTask<TopPages> GetTop(DayRange range, string? location, int limit) => GetTop(range, location, Traffic.Human, limit);

    public ValueTask<TopPages> GetTop(DayRange range, string? location, Traffic? traffic, int limit) => database.ReadTop(range, location, traffic, limit);

    public ValueTask<ImmutableArray<PageCount>> GetTopOf(string prefix, DateOnly day, int limit) => database.ReadTopOf(prefix, day, limit);

    /// <remarks>In the order in which a page moves on, from reader to waiting for a flush to the database, so that none is missed on its way.</remarks>
    public async ValueTask<ImmutableArray<string>> FindPages(string prefix, string after, int limit)
    {
        var changed = await Task.WhenAll((await log.GetStatus()).Where(NeedsReader).Select(partition =>
            GrainFactory.GetGrain<IViewLogReaderGrain>(partition.Partition).FindChanged(prefix, after).AsTask()));
        var waiting = (await ReadPending())
            .Where(page => page != SiteViews.Id && page.StartsWith(prefix, StringComparison.Ordinal) && Utf8Order.Instance.Compare(page, after) > 0);
        var flushed = await database.FindPages(prefix, after, limit);
        return [.. changed.SelectMany(pages => pages).Concat(waiting).Concat(flushed).Distinct().Order(Utf8Order.Instance).Take(limit)];
    }

    public async ValueTask<ViewsStatus> GetStatus()
    {
        var partitions = await log.GetStatus();
        var readers = await Task.WhenAll(partitions.Where(NeedsReader).Select(Read));
        var flushes = await Task.WhenAll(Enumerable.Range(0, options.Value.Partitions).Select(async shard =>
            await GrainFactory.GetGrain<IViewFlushGrain>(shard).GetDuration()));
        return new ViewsStatus(
            partitions.Sum(partition => partition.Accepted), readers.Sum(reader => reader.LagEntries), readers.Max(reader => reader.Lag),
            await TryReadLastFlush(), readers.Sum(reader => reader.Progress.Applied), readers.Sum(reader => reader.Progress.Trimmed),
            readers.Sum(reader => reader.Progress.Replays), readers.Sum(reader => reader.Progress.PagesDeferred), flushes.Max(),
            readers.Max(reader => reader.Progress.Stalled));
    }

    public async ValueTask<TimeSpan> GetStalled() => (await Task.WhenAll(Enumerable.Range(0, options.Value.Partitions)
        .Select(partition => GrainFactory.GetGrain<IViewLogReaderGrain>(partition).GetStalled().AsTask()))).Max();

    private async Task<List<string>> ReadPending()
    {
        var pages = new List<string>();
        for (var shard = 0; shard < options.Value.Partitions; shard++)
        {
            for (var sequence = 0L; await log.ReadPending(shard, sequence, MaxPending) is { IsEmpty: false } pending; sequence = pending[^1].Sequence)
            {
                pages.AddRange(pending.Select(page => page.Page));
            }
        }

        return pages;
    }

    private bool NeedsReader(PartitionStatus partition) => partition.Partition < options.Value.Partitions || partition.Entries > 0;

    private async Task<(PartitionProgress Progress, long LagEntries, TimeSpan Lag)> Read(PartitionStatus partition)
    {
        var progress = await GrainFactory.GetGrain<IViewLogReaderGrain>(partition.Partition).GetProgress();
        var position = progress.FirstLacked > 0 ? progress.FirstLacked - 1 : Math.Max(partition.TrimmedOffset, progress.Position);
        return position < partition.LastOffset && await log.Read(partition.Partition, position, max: 1) is [var oldest]
            ? (progress, Math.Max(1, partition.Entries - progress.EntriesHeld + progress.EntriesLacked), time.Since(oldest.At))
            : (progress, 0, TimeSpan.Zero);
    }

    /// <summary>Null while the database is down or does not answer, when the rest of the status matters most.</summary>
    private async ValueTask<DateTimeOffset?> TryReadLastFlush()
    {
        try
        {
            return await database.ReadLastFlush().AsTask().WaitAsync(DatabaseLimit, time);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            return null;
        }
    }
}
