using System.Collections.Immutable;
using Hearth.GrainInterfaces.Storage;
using Hearth.GrainInterfaces.Views;
using Orleans.Concurrency;

namespace Hearth.Grains.Views;

[GrainType("view-query"), StatelessWorker]
internal sealed class ViewQueryGrain(IViewLog log, IPageViewStore database, TimeProvider time) : Grain, IViewQueryGrain
{
    public ValueTask<TopPages> GetTop(DayRange range, string? location, int limit) => database.ReadTop(range, location, limit);

    public ValueTask<ImmutableArray<PageCount>> GetTopOf(string prefix, DateOnly day, int limit) => database.ReadTopOf(prefix, day, limit);

    public ValueTask<ImmutableArray<DayCount>> GetTotals(DayRange range) => database.ReadTotals(range);

    public ValueTask<ImmutableArray<string>> FindPages(string prefix, int limit) => database.FindPages(prefix, limit);

    public async ValueTask<ViewsStatus> GetStatus()
    {
        var partitions = await log.GetStatus();
        var (entries, lag) = (0L, TimeSpan.Zero);
        foreach (var partition in partitions)
        {
            var position = Math.Max(partition.TrimmedOffset, await GrainFactory.GetGrain<IViewLogReaderGrain>(partition.Partition).GetPosition());
            if (position < partition.LastOffset && await log.Read(partition.Partition, position, max: 1) is [var oldest])
            {
                entries += partition.LastOffset - position;
                var age = time.GetUtcNow() - oldest.At;
                lag = age > lag ? age : lag;
            }
        }

        return new ViewsStatus(partitions.Sum(partition => partition.Accepted), entries, lag, await TryReadLastFlush());
    }

    /// <summary>Null while the database is down, when the rest of the status matters most.</summary>
    private async ValueTask<DateTimeOffset?> TryReadLastFlush()
    {
        try
        {
            return await database.ReadLastFlush();
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
