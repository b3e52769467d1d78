using Hearth.Model.Sessions;

namespace Hearth.Model.Tests.Sessions;

public sealed class SessionIdTests
{
    [Fact]
    public void A_new_id_has_43_characters_of_base64url_and_is_read_back()
    {
        var id = SessionId.New();

        Assert.Matches("^[A-Za-z0-9_-]{43}$", id.Secret);
        Assert.True(SessionId.TryParse(id.Secret, out var parsed));
        Assert.Equal(id.Key, parsed.Key);
        Assert.NotEqual(id.Secret, SessionId.New().Secret);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAé")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    public void Any_other_text_names_no_session(string? text) => Assert.False(SessionId.TryParse(text, out _));

    [Fact]
    public void Neither_key_nor_text_gives_the_secret_away()
    {
        var id = SessionId.New();

        Assert.DoesNotContain(id.Secret, id.Key, StringComparison.Ordinal);
        Assert.Equal(id.Secret[..8] + "…", $"{id}");
    }
}
