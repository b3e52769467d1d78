namespace Hearth.WebFrontend.Views;

/// <summary>The answer to a batch of views, all in views (sums of count).</summary>
internal sealed record BatchAccepted(long Accepted, long Duplicates);
