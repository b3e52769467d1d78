using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Views;

/// <summary>Compares books with every answer that the API gives of them, and with the tables themselves.</summary>
internal static class ViewAudit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Totals, days and locations of every page; then <c>page_views</c> and <c>page_view_days</c>.</summary>
    public static async Task Check(ViewBooks books, Func<HttpClient> client, Func<Task<ViewTables>> readTables)
    {
        await Until(() => Totals(books, client()), books.Pages, "totals");
        await Until(() => Days(books, client()), books.Days, "days");
        await Until(() => Locations(books, client()), books.Rows, "locations");
        await Until(async () => (await readTables()).Rows, books.Rows, "rows of page_views");
        await Until(async () => (await readTables()).Days, books.Days, "rows of page_view_days");

        // Once more, now that the pages have left whatever the flush let them leave.
        await Until(() => Locations(books, client()), books.Rows, "locations after the flush");
    }

    private static async Task Until<TKey>(
        Func<Task<IReadOnlyDictionary<TKey, (long Views, long Visitors)>?>> read, IReadOnlyDictionary<TKey, (long Views, long Visitors)> expected, string what)
        where TKey : notnull =>
        await Eventually.Get(
            async () => await read() is { } found ? Differences(expected, found) : "no answer",
            differences => differences.Length == 0, $"The equality of all {expected.Count} {what}", Limit);

    /// <summary>Empty where both are equal; otherwise the first few that differ.</summary>
    private static string Differences<TKey>(IReadOnlyDictionary<TKey, (long, long)> expected, IReadOnlyDictionary<TKey, (long, long)> found) where TKey : notnull
    {
        var different = expected.Keys.Union(found.Keys).Where(key => expected.GetValueOrDefault(key) != found.GetValueOrDefault(key)).ToArray();
        var some = different.Take(5).Select(key => $"{key}: {expected.GetValueOrDefault(key)} acknowledged and {found.GetValueOrDefault(key)} found");
        return different.Length == 0 ? "" : $"{different.Length} differ: {string.Join("; ", some)}";
    }

    private static async Task<IReadOnlyDictionary<string, (long, long)>?> Totals(ViewBooks books, HttpClient client)
    {
        var query = string.Join('&', books.Pages.Keys.Select(page => "pages=" + Uri.EscapeDataString(page)));
        return (await TryGet(client, $"/views?{query}"))?.AsArray().ToDictionary(page => (string)page!["page"]!, Counts);
    }

    private static async Task<IReadOnlyDictionary<(string, string), (long, long)>?> Days(ViewBooks books, HttpClient client)
    {
        var days = new Dictionary<(string, string), (long, long)>();
        foreach (var (page, day) in books.Days.Keys)
        {
            if (await TryGet(client, $"/pages/{Uri.EscapeDataString(page)}/views?from={day}&to={day}") is not { } found)
            {
                return null;
            }

            days.Add((page, day), Counts(found["series"]![0]));
        }

        return days;
    }

    private static async Task<IReadOnlyDictionary<(string, string, string), (long, long)>?> Locations(ViewBooks books, HttpClient client)
    {
        var rows = new Dictionary<(string, string, string), (long, long)>();
        foreach (var (page, day) in books.Days.Keys)
        {
            if (await TryGet(client, $"/pages/{Uri.EscapeDataString(page)}/views?from={day}&to={day}&by=location") is not { } found)
            {
                return null;
            }

            foreach (var location in found["series"]!.AsArray())
            {
                rows.Add((page, day, (string)location!["location"]!), Counts(location));
            }
        }

        return rows;
    }

    private static (long, long) Counts(JsonNode? counts) => ((long)counts!["views"]!, (long)counts["visitors"]!);

    /// <summary>Null while the server cannot answer; anything but 200 and 503 is a fault.</summary>
    private static async Task<JsonNode?> TryGet(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonNode>();
    }
}
