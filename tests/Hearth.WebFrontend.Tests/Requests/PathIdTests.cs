using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Tests.Requests;

public sealed class PathIdTests
{
    [Theory]
    [InlineData("%2Fblog%2Fx", "/blog/x")]
    [InlineData("%252F", "%2F")]
    [InlineData("a+b", "a+b")]
    [InlineData("%F0%9F%94%A5", "🔥")]
    public void An_encoded_segment_is_decoded_once(string segment, string id)
    {
        Assert.True(PathId.TryParse(segment, out var parsed));
        Assert.Equal(id, parsed.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("a%0Ab")]
    [InlineData("%C2%85")]
    public void An_id_that_breaks_the_rule_is_refused(string segment) =>
        Assert.False(PathId.TryParse(segment, out _));

    [Fact]
    public void An_id_has_at_most_256_bytes()
    {
        Assert.True(PathId.TryParse(new string('é', 128), out _));
        Assert.False(PathId.TryParse(new string('é', 129), out _));
    }
}
