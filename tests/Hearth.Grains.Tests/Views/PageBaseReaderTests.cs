using System.Collections.Immutable;
using Hearth.Grains.Views;
using Hearth.Model.Clocks;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Grains.Tests.Views;

public sealed class PageBaseReaderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Store _store = new();
    private readonly PageBaseReader _reader;

    public PageBaseReaderTests() => _reader = new PageBaseReader(_store, new SteadyClock(_time));

    [Fact]
    public async Task Pages_that_ask_while_a_query_runs_share_the_next()
    {
        var first = _reader.Read("page-0", []);
        var query = await _store.Next();
        var others = Enumerable.Range(1, 50).Select(page => _reader.Read($"page-{page}", [])).ToList();
        query.Answer();
        (await _store.Next()).Answer();

        Assert.Equal(0, (await first).Views);
        Assert.Equal(Enumerable.Range(1, 50), (await Task.WhenAll(others)).Select(page => (int)page.Views));
    }

    [Fact]
    public async Task A_page_whose_rows_cannot_be_understood_fails_alone()
    {
        var first = _reader.Read("page-0", []);
        var query = await _store.Next();
        var bad = _reader.Read("page-bad", []);
        var good = _reader.Read("page-1", []);
        query.Answer();
        for (var queries = 0; queries < 3; queries++)
        {
            (await _store.Next()).Answer();
        }

        Assert.Equal(0, (await first).Views);
        await Assert.ThrowsAsync<FormatException>(() => bad);
        Assert.Equal(1, (await good).Views);
    }

    [Fact]
    public async Task While_the_database_is_down_pages_fail_at_once()
    {
        var first = _reader.Read("page-0", []);
        (await _store.Next()).Fail(new StoreUnavailableException("It is down."));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _reader.Read("page-1", []));

        _time.Advance(TimeSpan.FromSeconds(2));
        var again = _reader.Read("page-1", []);
        (await _store.Next()).Answer();

        Assert.Equal(1, (await again).Views);
    }

    /// <summary>Answers each query when the test says so: a page's views are the number in its id.</summary>
    private sealed class Store : IPageViewStore
    {
        private readonly System.Threading.Channels.Channel<Query> _queries = System.Threading.Channels.Channel.CreateUnbounded<Query>();

        public ValueTask<Query> Next() => _queries.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public async ValueTask<ImmutableArray<PageBase>> ReadBases(IReadOnlyList<PageDays> pages)
        {
            var query = new Query(pages);
            await _queries.Writer.WriteAsync(query);
            return await query.Task;
        }

        public ValueTask Upsert(IReadOnlyCollection<FlushedPage> pages, DateTimeOffset? at) => throw new NotSupportedException();

        public ValueTask Remove(string page) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PageDayRow>> ReadDays(string page, DayRange range) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PageViewRow>> ReadRows(string page, DayRange range, ViewDimension dimension) => throw new NotSupportedException();

        public ValueTask<TopPages> ReadTop(DayRange range, string? location, Traffic? traffic, int limit) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<PageCount>> ReadTopOf(string prefix, DateOnly day, int limit) => throw new NotSupportedException();

        public ValueTask<int> Prune(ViewRetention before, int max) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<string>> FindPages(string prefix, string after, int limit) => throw new NotSupportedException();

        public ValueTask<DateTimeOffset?> ReadLastFlush() => throw new NotSupportedException();
    }

    private sealed class Query(IReadOnlyList<PageDays> pages) : TaskCompletionSource<ImmutableArray<PageBase>>
    {
        public void Fail(Exception exception) => SetException(exception);

        public void Answer()
        {
            if (pages.Any(page => page.Page == "page-bad"))
            {
                SetException(new FormatException("Rows of the page cannot be understood."));
            }
            else
            {
                SetResult([.. pages.Select(page => new PageBase(int.Parse(page.Page["page-".Length..], System.Globalization.CultureInfo.InvariantCulture), 0, null, []))]);
            }
        }
    }
}
