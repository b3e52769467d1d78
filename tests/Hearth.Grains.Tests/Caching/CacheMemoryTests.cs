using Hearth.Grains.Caching;
using Hearth.Model.Caching;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Tests.Caching;

public sealed class CacheMemoryTests
{
    private readonly CacheMemory _memory = new(Options.Create(new CachingOptions { MaxBytesInMemory = 100 }));

    [Fact]
    public void Values_are_kept_up_to_the_bound_and_again_once_there_is_room()
    {
        long first = 0, second = 0;
        Assert.True(_memory.TryHold(ref first, 60));
        Assert.False(_memory.TryHold(ref second, 41));
        Assert.Equal((60, 0), (_memory.Held, second));

        Assert.True(_memory.TryHold(ref first, 0));
        Assert.True(_memory.TryHold(ref second, 100));
        Assert.Equal(100, _memory.Held);
    }

    [Fact]
    public void A_value_replaced_by_one_too_large_counts_no_more()
    {
        long mine = 0;
        _memory.TryHold(ref mine, 100);

        Assert.False(_memory.TryHold(ref mine, 101));
        Assert.Equal(0, _memory.Held);
    }
}
