using System.Collections.Immutable;
using Hearth.Grains.Sessions;

namespace Hearth.Grains.Tests.Sessions;

public sealed class SessionDataTests
{
    private static readonly ImmutableDictionary<string, string> Data =
        ImmutableDictionary.CreateRange([KeyValuePair.Create("a", "1"), KeyValuePair.Create("b", "2")]);

    [Fact]
    public void A_value_is_set_a_null_removes_and_the_rest_stays()
    {
        var merged = SessionData.Merge(Data, new Dictionary<string, string?> { ["a"] = null, ["c"] = "3", ["missing"] = null });

        Assert.Equal([KeyValuePair.Create("b", "2"), KeyValuePair.Create("c", "3")], merged.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Keys_differ_by_case() =>
        Assert.Equal(3, SessionData.Merge(Data, new Dictionary<string, string?> { ["A"] = "1" }).Count);

    [Fact]
    public void Size_is_in_bytes_of_utf8_keys_and_values_together() =>
        Assert.Equal(4 + 2 + 4, SessionData.SizeOf(Data.Add("é", "🔥")));
}
