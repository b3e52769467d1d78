using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage.Views;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Hearth.Storage.Redis.Views;

/// <summary>
/// The view log as one stream for each partition. Offsets are the streams' ids, counted in a hash of their own so that
/// they go on growing in an empty log.
/// </summary>
internal sealed class RedisViewLog(RedisClient redis, IOptions<ViewsOptions> options, SteadyClock time) : IViewLog
{
    private const int MaxReadBytes = 1 << 20;

    /// <summary>How many waiting pages one script looks at, and how many it removes: Redis serves nobody else meanwhile.</summary>
    private const int MaxScanned = 2048;

    private const string Partitions = "hearth/views/partitions";
    private const string Pending = "hearth/views/pending";
    private const string PendingSequence = "hearth/views/pending-sequence";

    private static readonly RedisScript AppendScript = RedisScript.Load("views.append");
    private static readonly RedisScript ReadScript = RedisScript.Load("views.read");
    private static readonly RedisScript CheckpointScript = RedisScript.Load("views.checkpoint");
    private static readonly RedisScript ReadPendingScript = RedisScript.Load("views.read-pending");
    private static readonly RedisScript RemovePendingScript = RedisScript.Load("views.remove-pending");

    private readonly ViewsOptions _options = options.Value;

    /// <remarks>
    /// The entry's bytes are made here, so a script that meets event ids seen before changes nothing and tells them; they
    /// are left out and the rest is tried again.
    /// </remarks>
    public async ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views)
    {
        var leftOut = RepeatedWithin(views);
        while (leftOut.Length < views.Count)
        {
            int[] taken = [.. Enumerable.Range(0, views.Count).Except(leftOut)];
            int[] withEvent = [.. taken.Where(i => views[i].EventId is not null)];
            var answer = await TryAppend(partition, views, leftOut, withEvent, taken.Sum(i => (long)views[i].View.Count));
            switch ((AppendAnswer)(int)answer[0])
            {
                case AppendAnswer.Full:
                    return AppendResult.LogFull;
                case AppendAnswer.Appended:
                    return new AppendResult(Full: false, leftOut);
                default:
                    leftOut = [.. leftOut.Concat(answer[1..].Select(seen => withEvent[(int)seen])).Order()];
                    break;
            }
        }

        return new AppendResult(Full: false, leftOut);
    }

    public async ValueTask<ImmutableArray<LogEntry>> Read(int partition, long afterOffset, int max)
    {
        var found = (RedisValue[])(await redis.Run(ReadScript, [Stream(partition)], [afterOffset, max, MaxReadBytes]))!;
        return [.. found.Chunk(3).Select(entry => new LogEntry(
            (long)entry[0], DateTimeOffset.FromUnixTimeMilliseconds((long)entry[1]),
            ViewEntryEncoding.Decode(((ReadOnlyMemory<byte>)entry[2]).Span)))];
    }

    public async ValueTask Checkpoint(int partition, LogTrim trim, IReadOnlyCollection<string> pages) => await redis.Run(
        CheckpointScript,
        [Stream(partition), Partitions, Pending, PendingSequence],
        [
            partition, trim.Offset, trim.Before, trim.Entries.Length, .. trim.Entries.Select(offset => (RedisValue)$"{offset}-0"),
            .. pages.Select(page => (RedisValue)$"{PageSlot.Of(page):x4}{page}"),
        ]);

    public async ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max)
    {
        var pages = ImmutableArray.CreateBuilder<PendingPage>();
        long next = afterSequence;
        do
        {
            var answer = (RedisValue[])(await redis.Run(
                ReadPendingScript, [Pending], [_options.Partitions, shard, next, max - pages.Count, MaxScanned]))!;
            pages.AddRange(answer.Skip(1).Chunk(2).Select(page => new PendingPage(page[0].ToString()[4..], (long)page[1])));
            next = (long)answer[0];
        }
        while (next > 0 && pages.Count < max);
        return pages.DrainToImmutable();
    }

    public async ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages)
    {
        foreach (var some in pages.Chunk(MaxScanned))
        {
            await redis.Run(RemovePendingScript, [Pending], [.. some.Select(page => (RedisValue)page.Sequence)]);
        }
    }

    public async ValueTask<ImmutableArray<PartitionStatus>> GetStatus()
    {
        var fields = (await redis.Run(database => database.HashGetAllAsync(Partitions))).ToDictionary(field => field.Name.ToString(), field => field.Value);
        var count = fields.Keys.Select(field => int.Parse(field.Split(':')[0], CultureInfo.InvariantCulture) + 1).Append(_options.Partitions).Max();
        var lengths = await redis.Run(database => Task.WhenAll(Enumerable.Range(0, count).Select(partition => database.StreamLengthAsync(Stream(partition)))));
        return [.. lengths.Select((length, partition) => new PartitionStatus(
            partition, Field(partition, "last"), Field(partition, "trimmed"), Field(partition, "accepted"), length))];

        long Field(int partition, string name) => (long)fields.GetValueOrDefault($"{partition}:{name}", 0);
    }

    private async Task<RedisValue[]> TryAppend(
        int partition, IReadOnlyList<AppendedView> views, ImmutableArray<int> leftOut, int[] withEvent, long count)
    {
        var now = time.GetUtcNow();
        return (RedisValue[])(await redis.Run(
            AppendScript,
            [Stream(partition), Partitions, .. withEvent.Select(i => Event(views[i].EventId!.Value))],
            [
                partition,
                Math.Max(1, _options.MaxLogEntries / _options.Partitions),
                now.ToUnixTimeMilliseconds(),
                (now - _options.EventIdWindow).ToUnixTimeMilliseconds(),
                (long)_options.EventIdWindow.TotalMilliseconds,
                count,
                ViewEntryEncoding.Encode(views, leftOut),
            ]))!;
    }

    private static ImmutableArray<int> RepeatedWithin(IReadOnlyList<AppendedView> views)
    {
        var seen = new HashSet<UInt128>();
        return [.. Enumerable.Range(0, views.Count).Where(i => views[i].EventId is { } id && !seen.Add(id))];
    }

    private static RedisKey Stream(int partition) => $"hearth/views/log/{partition}";

    private static RedisKey Event(UInt128 id)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return ((RedisKey)"hearth/event/").Append(bytes);
    }

    private enum AppendAnswer
    {
        Appended = 0,
        Full = 1,
        Seen = 2,
    }
}
