using System.Collections.Immutable;
using Hearth.Model.Clocks;
using Hearth.Model.Views;
using Hearth.Storage.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Sqlite.Views;

/// <summary>The view log in <c>log.db</c>. Only this process appends, since it owns the data directory.</summary>
/// <remarks>
/// Offsets go on from the last one, or from the time at which the file was opened where that is more: 65,536 of them pass a
/// second, more than are ever appended. So a file that was restored from a backup, or made anew, uses no offset again that
/// pages have counted, and they skip nothing that is accepted from then on.
/// </remarks>
internal sealed class SqliteViewLog : IViewLog
{
    private const int OffsetBits = 48;
    private const int MaxReadBytes = 1 << 20;

    private const int OffsetBitsOfSecond = 16;

    /// <summary>How many expired event ids are removed at once, since appends wait meanwhile, and how often after a checkpoint.</summary>
    private const int PurgeStep = 5_000;
    private const int MaxPurgeSteps = 40;

    private readonly SqliteFile _file;
    private readonly ViewsOptions _options;
    private readonly SteadyClock _time;
    private readonly long _maxEntries;
    private readonly long _firstOffset;

    /// <summary>For each partition an offset that nothing is after, as far as commits are known; -1 before the first read.</summary>
    private readonly long[] _newest;

    /// <summary>For each partition how many entries it holds, kept by the writer; -1 where they have to be counted.</summary>
    private readonly long[] _held;

    public SqliteViewLog(DataDirectory data, IOptions<ViewsOptions> options, SteadyClock time)
    {
        _file = data.Log;
        _options = options.Value;
        _time = time;
        _maxEntries = Math.Max(1, _options.MaxLogEntries / _options.Partitions);
        _newest = new long[_options.Partitions];
        _held = new long[_options.Partitions];
        Array.Fill(_newest, -1);
        Array.Fill(_held, -1);
        _firstOffset = time.GetUtcNow().ToUnixTimeSeconds() << OffsetBitsOfSecond;
    }

    public async ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views)
    {
        var entry = ViewEntryEncoding.Encode(views, []);
        var (result, offset) = await Write(partition, session => Append(session, partition, views, entry));
        Raise(partition, offset);
        return result;
    }

    public async ValueTask<ImmutableArray<LogEntry>> Read(int partition, long afterOffset, int max)
    {
        if (partition < _newest.Length && Volatile.Read(ref _newest[partition]) is >= 0 and var newest && newest <= afterOffset)
        {
            return [];
        }

        var entries = await _file.Read(session => ReadEntries(session, partition, afterOffset, max));
        if (entries.IsEmpty)
        {
            Raise(partition, afterOffset);
        }

        return entries;
    }

    public async ValueTask Checkpoint(int partition, LogTrim trim, IReadOnlyCollection<string> pages)
    {
        var purged = await Write(partition, session => Checkpoint(session, partition, trim, pages));
        for (var step = 1; step < MaxPurgeSteps && purged == PurgeStep; step++)
        {
            purged = await _file.Write(PurgeEvents);
        }
    }

    public async ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max) =>
        [.. await _file.Read(session => session.Query(
            "SELECT page, sequence FROM view_pending WHERE sequence > $1 AND slot % $2 = $3 ORDER BY sequence LIMIT $4",
            row => new PendingPage(row.GetString(0), row.GetInt64(1)), afterSequence, (long)_options.Partitions, (long)shard, (long)max))];

    public async ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages) =>
        await _file.Write(session => pages.Sum(page => session.Execute("DELETE FROM view_pending WHERE sequence = $1", page.Sequence)));

    public async ValueTask<ImmutableArray<PartitionStatus>> GetStatus() => await _file.Read(session =>
    {
        var newest = session.Scalar<long>("SELECT max(id) FROM view_log") >> OffsetBits;
        var trimmed = session.Scalar<long>("SELECT max(partition) FROM view_log_partition");
        var count = Math.Max(_options.Partitions, (int)Math.Max(newest, trimmed) + 1);
        return Enumerable.Range(0, count)
            .Select(partition => Head(session, partition) with { Entries = Held(partition) ?? Count(session, partition) }).ToImmutableArray();
    });

    private static long Id(int partition, long offset) => ((long)partition << OffsetBits) + offset;

    private (AppendResult Result, long Offset) Append(SqliteSession session, int partition, IReadOnlyList<AppendedView> views, byte[] entry)
    {
        var head = Head(session, partition);
        if (_held[partition] < 0)
        {
            _held[partition] = Count(session, partition);
        }

        if (_held[partition] >= _maxEntries)
        {
            return (AppendResult.LogFull, head.LastOffset);
        }

        var now = _time.GetUtcNow();
        var duplicates = RememberEvents(session, views, now);
        if (duplicates.Length == views.Count)
        {
            return (new AppendResult(Full: false, duplicates), head.LastOffset);
        }

        var accepted = views.Sum(view => (long)view.View.Count) - duplicates.Sum(duplicate => (long)views[duplicate].View.Count);
        var offset = Math.Max(head.LastOffset + 1, _firstOffset);
        session.Execute(
            "INSERT INTO view_log VALUES ($1, $2, $3, $4)", Id(partition, offset), now.ToUnixTimeMilliseconds(),
            head.Accepted + accepted, duplicates.IsEmpty ? entry : ViewEntryEncoding.Encode(views, duplicates));
        _held[partition]++;
        return (new AppendResult(Full: false, duplicates), offset);
    }

    /// <summary>Remembers the event ids of the views; returns the indexes of those that are remembered already.</summary>
    private ImmutableArray<int> RememberEvents(SqliteSession session, IReadOnlyList<AppendedView> views, DateTimeOffset now)
    {
        var expired = (now - _options.EventIdWindow).ToUnixTimeMilliseconds();
        var duplicates = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < views.Count; i++)
        {
            if (views[i].EventId is { } id && session.Execute(
                "INSERT INTO view_event VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE at <= $3",
                Bytes(id), now.ToUnixTimeMilliseconds(), expired) == 0)
            {
                duplicates.Add(i);
            }
        }

        return duplicates.DrainToImmutable();
    }

    private static byte[] Bytes(UInt128 id)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return bytes;
    }

    private static PartitionStatus Head(SqliteSession session, int partition)
    {
        var trimmed = session.Query(
            "SELECT trimmed, accepted FROM view_log_partition WHERE partition = $1",
            row => (Offset: row.GetInt64(0), Accepted: row.GetInt64(1)), (long)partition).SingleOrDefault();
        return session.Query(
            "SELECT id, accepted FROM view_log WHERE id > $1 AND id < $2 ORDER BY id DESC LIMIT 1",
            row => (Offset: row.GetInt64(0) - Id(partition, 0), Accepted: row.GetInt64(1)),
            Id(partition, 0), Id(partition + 1, 0)) is [var newest] && newest.Offset > trimmed.Offset
            ? new PartitionStatus(partition, newest.Offset, trimmed.Offset, newest.Accepted, Entries: 0)
            : new PartitionStatus(partition, trimmed.Offset, trimmed.Offset, trimmed.Accepted, Entries: 0);
    }

    private static long Count(SqliteSession session, int partition) =>
        session.Scalar<long>("SELECT count(*) FROM view_log WHERE id > $1 AND id < $2", Id(partition, 0), Id(partition + 1, 0));

    private long? Held(int partition) =>
        partition < _held.Length && Volatile.Read(ref _held[partition]) is >= 0 and var entries ? entries : null;

    /// <summary>After a write that may not have been committed, nobody knows how many entries there are.</summary>
    private async Task<T> Write<T>(int partition, Func<SqliteSession, T> work)
    {
        try
        {
            return await _file.Write(work);
        }
        catch
        {
            if (partition < _held.Length)
            {
                Volatile.Write(ref _held[partition], -1);
            }

            throw;
        }
    }

    private static ImmutableArray<LogEntry> ReadEntries(SqliteSession session, int partition, long afterOffset, int max)
    {
        // The sizes come first, so that entries past the limit are not loaded.
        var sizes = session.Query(
            "SELECT id, length(entry) FROM view_log WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3",
            row => (Id: row.GetInt64(0), Length: row.GetInt64(1)), Id(partition, afterOffset), Id(partition + 1, 0), (long)max);
        var total = 0L;
        var taken = sizes.TakeWhile((size, i) => (total += size.Length) <= MaxReadBytes || i == 0).ToList();
        return taken.Count == 0
            ? []
            : [.. session.Query(
                "SELECT id, at, entry FROM view_log WHERE id BETWEEN $1 AND $2 ORDER BY id",
                row => new LogEntry(
                    row.GetInt64(0) - Id(partition, 0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                    ViewEntryEncoding.Decode(row.GetFieldValue<byte[]>(2))),
                taken[0].Id, taken[^1].Id)];
    }

    private int Checkpoint(SqliteSession session, int partition, LogTrim trim, IReadOnlyCollection<string> pages)
    {
        var accepted = session.Scalar<long>(
            "SELECT accepted FROM view_log WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT 1", Id(partition, 1), Id(partition, trim.Offset));
        session.Execute(
            "INSERT INTO view_log_partition VALUES ($1, $2, $3) ON CONFLICT (partition) DO UPDATE SET trimmed = excluded.trimmed, accepted = excluded.accepted WHERE trimmed < excluded.trimmed",
            (long)partition, trim.Offset, accepted);
        var removed = session.Execute("DELETE FROM view_log WHERE id BETWEEN $1 AND $2", Id(partition, 1), Id(partition, trim.Before))
            + trim.Entries.Sum(offset => session.Execute("DELETE FROM view_log WHERE id = $1", Id(partition, offset)));
        if (partition < _held.Length && _held[partition] >= 0)
        {
            _held[partition] -= removed;
        }

        foreach (var page in pages)
        {
            session.Execute("INSERT OR REPLACE INTO view_pending (page, slot) VALUES ($1, $2)", page, (long)PageSlot.Of(page));
        }

        return PurgeEvents(session);
    }

    private int PurgeEvents(SqliteSession session) => session.Execute(
        "DELETE FROM view_event WHERE id IN (SELECT id FROM view_event WHERE at <= $1 LIMIT $2)",
        (_time.GetUtcNow() - _options.EventIdWindow).ToUnixTimeMilliseconds(), (long)PurgeStep);

    private void Raise(int partition, long offset)
    {
        if (partition >= _newest.Length)
        {
            return;
        }

        var seen = Volatile.Read(ref _newest[partition]);
        while (seen < offset && Interlocked.CompareExchange(ref _newest[partition], offset, seen) is var now && now != seen)
        {
            seen = now;
        }
    }
}
