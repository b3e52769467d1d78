namespace Hearth.Replay.Views;

/// <summary>How one attempt to post a batch ended.</summary>
internal abstract record PostResult
{
    private PostResult()
    {
    }

    /// <summary>The views are durable: <paramref name="Counted"/> of them new, the others known by their event ids.</summary>
    public sealed record Accepted(long Counted, long Duplicates) : PostResult;

    /// <summary>Nothing is known of the views; the same batch may be posted again.</summary>
    /// <param name="After">How long the server asks to be left alone.</param>
    public sealed record Unavailable(string Reason, TimeSpan? After = null) : PostResult;

    /// <summary>The server does not want such a batch, and will not the next time.</summary>
    public sealed record Refused(string Reason) : PostResult;
}
