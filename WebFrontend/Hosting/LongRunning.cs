namespace Hearth.WebFrontend.Hosting;

/// <summary>
/// Marks an endpoint whose work grows with the request, and may take longer than any other is waited for. It is made of calls
/// each of which is bounded, so that it too ends soon where a part is dead.
/// </summary>
internal sealed class LongRunning
{
    public static LongRunning Instance { get; } = new();
}
