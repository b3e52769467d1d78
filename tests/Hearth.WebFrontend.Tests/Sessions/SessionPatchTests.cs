using System.Text.Json;
using Hearth.WebFrontend.Sessions;

namespace Hearth.WebFrontend.Tests.Sessions;

public sealed class SessionPatchTests
{
    [Theory]
    [InlineData("{}", false, null)]
    [InlineData("""{"user":null}""", true, null)]
    [InlineData("""{"user":"anna"}""", true, "anna")]
    [InlineData("""{"namesUser":true}""", false, null)]
    public void An_absent_user_is_not_a_null_one(string json, bool namesUser, string? user)
    {
        var patch = JsonSerializer.Deserialize<SessionPatch>(json, JsonSerializerOptions.Web)!;

        Assert.Equal((namesUser, user), (patch.NamesUser, patch.User));
    }
}
