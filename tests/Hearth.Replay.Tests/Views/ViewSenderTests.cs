using System.Net;
using Hearth.Replay.Views;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.Replay.Tests.Views;

public sealed class ViewSenderTests
{
    private static readonly View[] Batch = [new("/a", null, "v", "id", AccessLog.Start.UtcDateTime)];

    private readonly FakeTimeProvider _time = new(AccessLog.Start);
    private readonly List<(HttpStatusCode Status, string? RetryAfter)> _script = [];
    private readonly List<TimeSpan> _attempts = [];
    private readonly List<string> _reports = [];

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Retry_After_in_seconds_is_honoured(HttpStatusCode status)
    {
        _script.Add((status, "17"));

        await Send();

        Assert.Equal(2, _attempts.Count);
        Assert.InRange(_attempts[1], TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(18));
    }

    [Fact]
    public async Task Retry_After_as_a_date_is_honoured()
    {
        _script.Add((HttpStatusCode.ServiceUnavailable, AccessLog.Start.AddSeconds(23).ToString("R")));

        await Send();

        Assert.InRange(_attempts[1], TimeSpan.FromSeconds(23), TimeSpan.FromSeconds(24));
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_passing_failure_is_tried_again_within_seconds(HttpStatusCode status)
    {
        _script.AddRange(Enumerable.Repeat((status, (string?)null), 9));

        await Send();

        Assert.Equal(10, _attempts.Count);
        Assert.All(_attempts.Zip(_attempts.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, TimeSpan.FromSeconds(6)));
    }

    [Fact]
    public async Task An_outage_is_told_once_and_so_is_its_end()
    {
        _script.AddRange(Enumerable.Repeat((HttpStatusCode.ServiceUnavailable, (string?)null), 5));

        await Send();

        Assert.Equal(2, _reports.Count);
        Assert.Contains("503", _reports[0], StringComparison.Ordinal);
        Assert.Contains("again", _reports[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_end_when_their_time_is_over()
    {
        _script.AddRange(Enumerable.Repeat((HttpStatusCode.ServiceUnavailable, (string?)null), 10_000));

        var exception = await Assert.ThrowsAsync<SendException>(Send);

        Assert.Contains("Tried for 2 min", exception.Message, StringComparison.Ordinal);
        Assert.InRange(_attempts[^1], TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(121));
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_than_there_is_is_not_troubled_again()
    {
        _script.Add((HttpStatusCode.TooManyRequests, "3600"));

        var exception = await Assert.ThrowsAsync<SendException>(Send);

        Assert.Contains("left alone for 1 h", exception.Message, StringComparison.Ordinal);
        Assert.Single(_attempts);
    }

    private async Task<PostResult.Accepted> Send()
    {
        using var http = new HttpClient(new ScriptedHandler(this));
        var endpoint = new ViewsEndpoint(http, new Uri("http://hearth.example/base/"), key: null, TimeSpan.FromSeconds(30), _time);
        var sending = new ViewSender(endpoint, TimeSpan.FromMinutes(2), _time, _reports.Add).Send(Batch, default);
        while (!sending.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await sending;
    }

    /// <summary>Plays the script, and then accepts.</summary>
    private sealed class ScriptedHandler(ViewSenderTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("http://hearth.example/base/views", request.RequestUri!.AbsoluteUri);
            test._attempts.Add(test._time.GetUtcNow() - AccessLog.Start);
            if (test._attempts.Count > test._script.Count)
            {
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("""{"accepted":1,"duplicates":0}""") });
            }

            var (status, retryAfter) = test._script[test._attempts.Count - 1];
            var response = new HttpResponseMessage(status);
            if (retryAfter is not null)
            {
                response.Headers.Add("Retry-After", retryAfter);
            }

            return Task.FromResult(response);
        }
    }
}
