namespace Hearth.Replay.Views;

/// <summary>Where batches of views go: to the server, or nowhere in a dry run.</summary>
internal interface IViewSink
{
    /// <exception cref="SendException">The batch was refused, or not taken in time.</exception>
    Task<PostResult.Accepted> Send(IReadOnlyList<View> views, CancellationToken cancellation);
}
