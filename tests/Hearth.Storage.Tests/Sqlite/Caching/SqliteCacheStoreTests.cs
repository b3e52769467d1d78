using Hearth.Model.Caching;
using Hearth.Storage.Sqlite.Caching;
using Hearth.Storage.Tests.Caching;

namespace Hearth.Storage.Tests.Sqlite.Caching;

public sealed class SqliteCacheStoreTests : CacheStoreContract, IDisposable
{
    private readonly TemporaryDataDirectory _directory = new();

    protected override ICacheStore Store => Sqlite;

    private SqliteCacheStore Sqlite => new(_directory.Data);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Expired_entries_are_dropped_in_bounded_batches_with_values_and_tags_and_others_stay()
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Store.Put($"{i}", Entry("x", "tag") with { Deadline = Now }).AsTask()));
        await Store.Put("live", Entry("x", "tag"));

        Assert.Equal([250, 250, 100], await DropAll());
        Assert.Equal((1, 1, 1), await _directory.Data.State.Read(session => (
            session.Scalar<long>("SELECT count(*) FROM cache_entries"),
            session.Scalar<long>("SELECT count(*) FROM cache_values"),
            session.Scalar<long>("SELECT count(*) FROM cache_tags"))));
    }

    [Fact]
    public async Task A_batch_of_large_values_holds_a_few_megabytes()
    {
        for (var i = 0; i < 10; i++)
        {
            await Store.Put($"{i}", Entry("") with { Value = new byte[1 << 20], Deadline = Now });
        }

        Assert.Equal([4, 4, 2], await DropAll());
    }

    private async Task<List<int>> DropAll()
    {
        var batches = new List<int>();
        while (await Sqlite.DropExpired(Now) is > 0 and var dropped)
        {
            batches.Add(dropped);
        }

        return batches;
    }
}
