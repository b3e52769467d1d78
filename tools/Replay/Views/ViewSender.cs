using System.Text.Json;

namespace Hearth.Replay.Views;

/// <summary>
/// Posts batches and stays with each until the server has it. An answer may be lost after its views were counted; the event
/// ids make a second attempt harmless.
/// </summary>
/// <param name="retryFor">How long the server may fail to take one batch.</param>
/// <param name="report">Takes a line for the user at the start and at the end of an outage.</param>
internal sealed class ViewSender(ViewsEndpoint endpoint, TimeSpan retryFor, TimeProvider time, Action<string> report) : IViewSink
{
    private int _isDown;

    /// <inheritdoc />
    public async Task<PostResult.Accepted> Send(IReadOnlyList<View> views, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(views, ViewsJson.Default.IReadOnlyListView);
        long? firstFailure = null;
        for (var failures = 1; ; failures++)
        {
            switch (await endpoint.Post(body, cancellation))
            {
                case PostResult.Accepted accepted:
                    if (firstFailure is not null)
                    {
                        ReportUp();
                    }

                    return accepted;
                case PostResult.Refused refused:
                    throw new SendException($"The server refused the views: {refused.Reason}");
                case PostResult.Unavailable unavailable:
                    firstFailure ??= time.GetTimestamp();
                    var left = retryFor - time.GetElapsedTime(firstFailure.Value);
                    await Wait(unavailable, failures, left, cancellation);
                    break;
            }
        }
    }

    private async Task Wait(PostResult.Unavailable unavailable, int failures, TimeSpan left, CancellationToken cancellation)
    {
        var wait = Backoff.Next(failures, Random.Shared.NextDouble(), unavailable.After);
        if (wait >= left)
        {
            var asks = unavailable.After > left ? $", and asks to be left alone for {Duration.Text(unavailable.After.Value)}" : "";
            throw new SendException($"The server did not take the views: {unavailable.Reason}{asks}. Tried for {Duration.Text(retryFor)} (--retry-for).");
        }

        ReportDown(unavailable.Reason);
        await Task.Delay(wait, time, cancellation);
    }

    private void ReportDown(string reason)
    {
        if (Interlocked.Exchange(ref _isDown, 1) == 0)
        {
            report($"The server does not take views: {reason}. Trying again for {Duration.Text(retryFor)}.");
        }
    }

    private void ReportUp()
    {
        if (Interlocked.Exchange(ref _isDown, 0) == 1)
        {
            report("The server takes views again.");
        }
    }
}
