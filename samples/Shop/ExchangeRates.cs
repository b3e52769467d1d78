using Hearth.AspNetCore.Caching;

namespace Hearth.Shop;

/// <summary>A slow service of somebody else's that is asked once for all front ends, and may be away for a day.</summary>
internal sealed class ExchangeRates(HearthCache cache, TimeProvider time)
{
    private static readonly AnswerOptions Options = new()
    {
        Lifetime = TimeSpan.FromMinutes(10),
        StaleFor = TimeSpan.FromDays(1),
        SoftTimeout = TimeSpan.FromMilliseconds(200),
        HardTimeout = TimeSpan.FromSeconds(5),
        EagerRefresh = 0.9f,
        Tags = ["rates"],
    };

    /// <summary>What a euro is worth in dollars.</summary>
    public ValueTask<decimal> Dollars() => cache.GetOrCreateAsync("rates/usd", Ask, Options);

    /// <summary>Forgets the rates everywhere.</summary>
    public ValueTask Forget() => cache.RemoveByTagAsync("rates");

    /// <summary>Stands for a call of an external API.</summary>
    private async ValueTask<decimal> Ask(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        return 1.08m;
    }
}
