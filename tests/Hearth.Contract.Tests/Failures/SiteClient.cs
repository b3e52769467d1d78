using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Failures;

/// <summary>A part of a site that repeats what was answered 503, or not at all, and takes note of what must never happen.</summary>
internal sealed class SiteClient(HttpClient http)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly Lock _lock = new();

    /// <summary>Answers that the contract does not allow.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Answered otherwise than with 503.</summary>
    public int Answered { get; private set; }

    /// <summary>Answered 503.</summary>
    public int Refused { get; private set; }

    /// <summary>Not answered: the connection was refused or lost.</summary>
    public int Unanswered { get; private set; }

    /// <summary>The longest that an answer, or the lack of one, was waited for.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Sends until there is an answer other than 503.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> Send(HttpMethod method, string path, object? body = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await Try(method, path, body) is { } answer)
            {
                return answer;
            }

            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"{method} {path} had no answer but 503 for {Patience}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Sends once; null is 503, or no answer.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)?> Try(HttpMethod method, string path, object? body = null)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Note(response, clock.Elapsed, $"{method} {path}", text);
            return response.StatusCode == HttpStatusCode.ServiceUnavailable
                ? null
                : (response.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonNode.Parse(text) : null);
        }
        catch (HttpRequestException)
        {
            Note(null, clock.Elapsed, "", "");
            return null;
        }
        catch (OperationCanceledException)
        {
            Faults.Enqueue($"{method} {path} hung for {clock.Elapsed}.");
            Note(null, clock.Elapsed, "", "");
            return null;
        }
    }

    private void Note(HttpResponseMessage? response, TimeSpan elapsed, string request, string text)
    {
        lock (_lock)
        {
            Longest = elapsed > Longest ? elapsed : Longest;
            switch (response?.StatusCode)
            {
                case null:
                    Unanswered++;
                    break;
                case HttpStatusCode.ServiceUnavailable:
                    Refused++;
                    break;
                default:
                    Answered++;
                    break;
            }
        }

        if (response?.StatusCode == HttpStatusCode.ServiceUnavailable ? response.Headers.RetryAfter is null : (int?)response?.StatusCode >= 500)
        {
            Faults.Enqueue($"{request} was answered {(int)response!.StatusCode} without sense: {text}");
        }
    }
}
