using System.Text.Json;
using Hearth.Storage.Redis.Presence;
using Hearth.Storage.Sessions;

namespace Hearth.Storage.Tests;

/// <summary>The JSON of release 0.1, which stores hold and this release reads and writes.</summary>
public sealed class StoredJsonTests
{
    [Theory]
    [InlineData("""{"LastActionAt":1764000000123,"Visible":false,"Devices":{"":0,"phone":1500}}""")]
    [InlineData("""{"LastActionAt":null,"Visible":true,"Devices":{}}""")]
    public void A_roster_entry_is_read_and_written_as_ever(string json)
    {
        var document = JsonSerializer.Deserialize(json, RosterJson.Default.RosterDocument)!;

        Assert.Equal(json.Contains("phone", StringComparison.Ordinal) ? 1500 : 0, document.Devices.Values.Sum());
        Assert.Equal(json, JsonSerializer.Serialize(document, RosterJson.Default.RosterDocument));
    }

    [Theory]
    [InlineData("""{"cart":"3"}""")]
    [InlineData("""{"":"\u00E4\u0022"}""")]
    [InlineData("{}")]
    public void The_data_of_a_session_is_read_and_written_as_ever(string json)
    {
        var data = JsonSerializer.Deserialize(json, SessionJson.Default.ImmutableDictionaryStringString)!;

        Assert.Equal(json, JsonSerializer.Serialize(data, SessionJson.Default.ImmutableDictionaryStringString));
    }
}
