using Hearth.GrainInterfaces.Caching;
using Hearth.Grains.Caching;

namespace Hearth.Grains.Tests.Caching;

public sealed class NoticeLogTests
{
    private readonly NoticeLog _log = new(capacity: 3);

    [Fact]
    public void A_reader_gets_what_came_since_in_order()
    {
        var start = _log.Nothing.Cursor;
        Assert.Null(_log.Since(start));
        var next = _log.Next;
        Add(1, 2);

        var news = _log.Since(start)!;

        Assert.True(next.IsCompleted);
        Assert.False(news.IsGap);
        Assert.Equal([1, 2], news.Notices.Select(notice => notice.Span[0]));
        Assert.Null(_log.Since(news.Cursor));
    }

    [Fact]
    public void A_reader_who_is_new_or_too_slow_or_of_another_life_is_told_of_the_gap()
    {
        var start = _log.Nothing.Cursor;
        Add(1, 2, 3, 4);

        Assert.True(_log.Since(start)!.IsGap);
        Assert.True(_log.Since(default)!.IsGap);
        Assert.True(_log.Since(new NoticeCursor(Guid.NewGuid(), 4))!.IsGap);
        Assert.Equal([2, 3, 4], _log.Since(start with { Count = 1 })!.Notices.Select(notice => notice.Span[0]));
    }

    private void Add(params byte[] notices)
    {
        foreach (var notice in notices)
        {
            _log.Add(new[] { notice });
        }
    }
}
