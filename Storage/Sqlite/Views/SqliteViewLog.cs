using System.Collections.Immutable;
using Hearth.GrainInterfaces.Views;
using Hearth.Storage.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Storage.Sqlite.Views;

/// <summary>The view log in <c>log.db</c>. Only this process appends, since it owns the data directory.</summary>
internal sealed class SqliteViewLog : IViewLog
{
    private const int OffsetBits = 48;
    private const int MaxReadBytes = 1 << 20;

    /// <summary>How many expired event ids one checkpoint removes; more would hold up appends.</summary>
    private const int MaxPurge = 20_000;

    private readonly SqliteFile _file;
    private readonly ViewsOptions _options;
    private readonly TimeProvider _time;
    private readonly long _maxEntries;

    /// <summary>For each partition an offset that nothing is after, as far as commits are known; -1 before the first read.</summary>
    private readonly long[] _newest;

    public SqliteViewLog(DataDirectory data, IOptions<ViewsOptions> options, TimeProvider time)
    {
        _file = data.Log;
        _options = options.Value;
        _time = time;
        _maxEntries = Math.Max(1, _options.MaxLogEntries / _options.Partitions);
        _newest = new long[_options.Partitions];
        Array.Fill(_newest, -1);
    }

    public async ValueTask<AppendResult> Append(int partition, IReadOnlyList<AppendedView> views)
    {
        var entry = ViewEntryEncoding.Encode(views, []);
        var (result, offset) = await _file.Write(session => Append(session, partition, views, entry));
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

    public async ValueTask Checkpoint(int partition, long offset, IReadOnlyCollection<string> pages) =>
        await _file.Write(session => Checkpoint(session, partition, offset, pages));

    public async ValueTask<ImmutableArray<PendingPage>> ReadPending(int shard, long afterSequence, int max) =>
        [.. await _file.Read(session => session.Query(
            "SELECT page, sequence FROM view_pending WHERE sequence > $1 AND slot % $2 = $3 ORDER BY sequence LIMIT $4",
            row => new PendingPage(row.GetString(0), row.GetInt64(1)), afterSequence, (long)_options.Partitions, (long)shard, (long)max))];

    public async ValueTask RemovePending(IReadOnlyCollection<PendingPage> pages) =>
        await _file.Write(session => pages.Sum(page => session.Execute("DELETE FROM view_pending WHERE sequence = $1", page.Sequence)));

    public async ValueTask<ImmutableArray<PartitionStatus>> GetStatus() => await _file.Read(session =>
    {
        var newest = session.Scalar<long>("SELECT max(id) FROM view_log") >> OffsetBits;
        var count = Math.Max(_options.Partitions, (int)newest + 1);
        return Enumerable.Range(0, count).Select(partition => Head(session, partition)).ToImmutableArray();
    });

    private static long Id(int partition, long offset) => ((long)partition << OffsetBits) + offset;

    private (AppendResult Result, long Offset) Append(SqliteSession session, int partition, IReadOnlyList<AppendedView> views, byte[] entry)
    {
        var head = Head(session, partition);
        if (head.LastOffset - head.TrimmedOffset >= _maxEntries)
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
        session.Execute(
            "INSERT INTO view_log VALUES ($1, $2, $3, $4)", Id(partition, head.LastOffset + 1), now.ToUnixTimeMilliseconds(),
            head.Accepted + accepted, duplicates.IsEmpty ? entry : ViewEntryEncoding.Encode(views, duplicates));
        return (new AppendResult(Full: false, duplicates), head.LastOffset + 1);
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
            row => new PartitionStatus(partition, row.GetInt64(0) - Id(partition, 0), trimmed.Offset, row.GetInt64(1)),
            Id(partition, 0), Id(partition + 1, 0)) is [var newest]
            ? newest
            : new PartitionStatus(partition, trimmed.Offset, trimmed.Offset, trimmed.Accepted);
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

    private int Checkpoint(SqliteSession session, int partition, long offset, IReadOnlyCollection<string> pages)
    {
        var accepted = session.Scalar<long>(
            "SELECT accepted FROM view_log WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT 1", Id(partition, 1), Id(partition, offset));
        session.Execute(
            "INSERT INTO view_log_partition VALUES ($1, $2, $3) ON CONFLICT (partition) DO UPDATE SET trimmed = excluded.trimmed, accepted = excluded.accepted WHERE trimmed < excluded.trimmed",
            (long)partition, offset, accepted);
        session.Execute("DELETE FROM view_log WHERE id BETWEEN $1 AND $2", Id(partition, 1), Id(partition, offset));
        foreach (var page in pages)
        {
            session.Execute("INSERT OR REPLACE INTO view_pending (page, slot) VALUES ($1, $2)", page, (long)PageSlot.Of(page));
        }

        return session.Execute(
            "DELETE FROM view_event WHERE id IN (SELECT id FROM view_event WHERE at <= $1 LIMIT $2)",
            (_time.GetUtcNow() - _options.EventIdWindow).ToUnixTimeMilliseconds(), (long)MaxPurge);
    }

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
