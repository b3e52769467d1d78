using Hearth.GrainInterfaces.Caching;

namespace Hearth.Grains.Caching;

/// <summary>The last notices of a channel, and who waits for the next one.</summary>
internal sealed class NoticeLog(int capacity = NoticeLog.DefaultCapacity)
{
    private const int DefaultCapacity = 10_000;

    private readonly Guid _epoch = Guid.NewGuid();
    private readonly Queue<ReadOnlyMemory<byte>> _notices = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    /// <summary>Completes with the next notice.</summary>
    public Task Next => _next.Task;

    public void Add(ReadOnlyMemory<byte> notice)
    {
        if (_notices.Count == capacity)
        {
            _notices.Dequeue();
        }

        _notices.Enqueue(notice);
        _count++;
        _next.SetResult();
        _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What a reader lacks; null where that is nothing.</summary>
    public CacheNotices? Since(NoticeCursor cursor)
    {
        var end = new NoticeCursor(_epoch, _count);
        if (cursor == end)
        {
            return null;
        }

        var missing = _count - cursor.Count;
        return cursor.Epoch == _epoch && missing <= _notices.Count
            ? new CacheNotices(end, IsGap: false, [.. _notices.Skip(_notices.Count - (int)missing)])
            : new CacheNotices(end, IsGap: true, []);
    }

    /// <summary>The answer to a reader for whom nothing came.</summary>
    public CacheNotices Nothing => new(new NoticeCursor(_epoch, _count), IsGap: false, []);
}
