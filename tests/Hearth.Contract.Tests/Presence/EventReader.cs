using System.Text.Json;

namespace Hearth.Contract.Tests.Presence;

/// <summary>Reads one stream of presence events.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _lines = lines;
    }

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> Open(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event as "kind user", with its id and data.</summary>
    public async Task<(string Event, string Id, JsonElement Data)> Next(TimeSpan? within = null)
    {
        var fields = new Dictionary<string, string>();
        while (await _lines.ReadLineAsync().WaitAsync(within ?? Limit, TimeProvider.System) is { } line)
        {
            if (line.Length == 0 && fields.Count > 0)
            {
                var data = JsonDocument.Parse(fields["data"]).RootElement;
                Assert.Equal(fields["event"] == "online", data.GetProperty("online").GetBoolean());
                return ($"{fields["event"]} {data.GetProperty("user").GetString()}", fields["id"], data);
            }

            if (line.Split(": ", 2) is [{ Length: > 0 } name, var value])
            {
                fields[name] = value;
            }
        }

        throw new EndOfStreamException("The stream ended.");
    }

    /// <summary>Reads to the end of the stream.</summary>
    public async Task<string> ReadToEnd() => await _lines.ReadToEndAsync().WaitAsync(Limit, TimeProvider.System);

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
