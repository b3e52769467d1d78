using System.Threading.Channels;
using Hearth.Model.Categories;
using Microsoft.Extensions.Logging;

namespace Hearth.Grains.Categories;

/// <summary>
/// Has the table looked at as soon as the database announces an edit by another program. Announcements that come while it
/// is being looked at are one more look.
/// </summary>
internal sealed partial class CategoryListener(ICategoryStore store, Func<Task> look, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _heard = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isListening;

    /// <summary>Whether announcements can be heard, as far as is known; where not, only a poll finds edits.</summary>
    public bool IsListening => _isListening;

    public Task Run(CancellationToken cancellationToken) => Task.WhenAll(Listen(cancellationToken), Look(cancellationToken));

    private async Task Listen(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await store.Listen(Hear, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _isListening = false;
                LogDeaf(exception);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private void Hear()
    {
        _isListening = true;
        _heard.Writer.TryWrite(true);
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        try
        {
            while (await _heard.Reader.WaitToReadAsync(cancellationToken))
            {
                _heard.Reader.TryRead(out _);
                await look();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The grain is going away.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The announcements of the category table are not heard; it is polled until they are again.")]
    private partial void LogDeaf(Exception exception);
}
