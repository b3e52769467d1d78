namespace Hearth.AspNetCore.Views;

/// <summary>What came of one request's views, all in views (sums of their counts).</summary>
/// <param name="IsRefused">The log or the queue before it is full; nothing was accepted.</param>
/// <param name="Accepted">How many are in the log now.</param>
/// <param name="Duplicates">How many were left out because their event id was seen before.</param>
internal readonly record struct AppendOutcome(bool IsRefused, long Accepted, long Duplicates)
{
    public static AppendOutcome Refused { get; } = new(IsRefused: true, 0, 0);
}
