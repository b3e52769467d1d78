using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Hearth.Replay.Views;

/// <summary>The server's <c>POST /views</c>: one request, one result.</summary>
/// <param name="timeout">How long an answer may take before the request counts as lost.</param>
internal sealed class ViewsEndpoint(HttpClient http, Uri server, string? key, TimeSpan timeout, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _address = new(server.AbsoluteUri.TrimEnd('/') + "/views");

    public static HttpClient CreateClient(int connections) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = connections })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 1024 * 1024,
        };

    /// <param name="body">A JSON array of views.</param>
    /// <param name="cancellation">Leaves the request, whatever became of it.</param>
    public async Task<PostResult> Post(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return await Read(response, either.Token);
        }
        catch (HttpRequestException exception)
        {
            return new PostResult.Unavailable(exception.InnerException?.Message ?? exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PostResult.Unavailable($"no answer within {Duration.Text(timeout)}");
        }
    }

    private async Task<PostResult> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = response.StatusCode;
        var content = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (status == HttpStatusCode.Accepted)
        {
            return ReadAccepted(content);
        }

        var reason = $"{(int)status} {ServerProblem.Describe(response.ReasonPhrase, content)}";
        return status switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new PostResult.Unavailable(reason, RetryAfter(response)),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new PostResult.Refused($"{reason} (see --key)"),
            >= HttpStatusCode.BadRequest => new PostResult.Refused(reason),
            _ => new PostResult.Refused(
                $"{(int)status} {response.ReasonPhrase}{(response.Headers.Location is { } moved ? $" to {moved}" : "")}: no Hearth server answers at {_address}"),
        };
    }

    private PostResult ReadAccepted(byte[] content)
    {
        try
        {
            if (JsonSerializer.Deserialize(content, ViewsJson.Default.ViewsAccepted) is { } answer)
            {
                return new PostResult.Accepted(answer.Accepted, answer.Duplicates);
            }
        }
        catch (JsonException)
        {
            // Said below, as of an answer that is the JSON null.
        }

        return new PostResult.Refused($"202 without the numbers of accepted views: no Hearth server answers at {_address}");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)),
            _ => null,
        };
}
