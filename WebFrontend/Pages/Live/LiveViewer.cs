namespace Hearth.WebFrontend.Pages.Live;

/// <summary>One open event stream. What it could not be told in time is replaced by what is newer.</summary>
internal sealed class LiveViewer
{
    private volatile TaskCompletionSource _news = NewSignal();

    public void Notify() => _news.TrySetResult();

    /// <summary>Completes when there is news since the last wait ended.</summary>
    public async Task<bool> WaitForNews(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _news.Task.WaitAsync(limit, time, cancellationToken);
            _news = NewSignal();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
