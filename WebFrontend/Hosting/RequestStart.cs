namespace Hearth.WebFrontend.Hosting;

/// <summary>When a request began, where that was noted, so that a second try counts the time that the first one took.</summary>
internal static class RequestStart
{
    private static readonly object Key = new();

    public static void SetStart(this HttpContext context, long timestamp) => context.Items[Key] = timestamp;

    /// <summary>The timestamp of the request's beginning, or else of now.</summary>
    public static long GetStart(this HttpContext context, TimeProvider time) =>
        context.Items.TryGetValue(Key, out var started) ? (long)started! : time.GetTimestamp();
}
