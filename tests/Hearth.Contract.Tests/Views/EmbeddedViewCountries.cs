using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>A view without a location is from the country of its address, where a file tells countries.</summary>
public sealed class EmbeddedViewCountries
{
    private static readonly string TestData = Path.Combine(AppContext.BaseDirectory, "Views", "GeoIP2-Country-Test.mmdb");

    [Fact]
    public async Task The_country_of_an_address_fills_an_absent_location_also_while_the_file_is_being_replaced()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-countries-");
        var file = Path.Combine(folder.FullName, "countries.mmdb");
        File.Copy(TestData, file);
        await using (var server = await EmbeddedServer.Start(("Views:GeoDatabase", file)))
        {
            await Post(server, new { page = "a", address = "2.125.160.216" }, new { page = "a", address = "2001:218::1" }, new { page = "a", address = "10.0.0.1" });
            await Post(server, new { page = "a", address = "2.125.160.216", location = "here" });
            await Eventually.Get(() => Locations(server), found => found == " 1, GB 1, JP 1, here 1", "Four locations");

            await File.WriteAllTextAsync(file, "half a file");
            await Eventually.Get(() => Task.FromResult(server.Output.Contains("cannot be read", StringComparison.Ordinal)), isLogged => isLogged, "The warning");
            await Post(server, new { page = "a", address = "2.125.160.216" });
            await Eventually.Get(() => Locations(server), found => found == "GB 2,  1, JP 1, here 1", "The country as before");
        }

        folder.Delete(recursive: true);
    }

    private static async Task Post(EmbeddedServer server, params object[] views) =>
        (await server.Client.PostAsJsonAsync("/views", views)).EnsureSuccessStatusCode();

    private static async Task<string> Locations(EmbeddedServer server)
    {
        var found = await server.Client.GetFromJsonAsync<JsonObject>("/pages/a/views?by=location");
        return string.Join(", ", found!["series"]!.AsArray().Select(item => $"{item!["location"]} {item["views"]}"));
    }
}
