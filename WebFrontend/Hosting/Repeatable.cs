namespace Hearth.WebFrontend.Hosting;

/// <summary>Marks an endpoint whose handler may run twice for one request, although its method is not idempotent.</summary>
internal sealed class Repeatable
{
    public static Repeatable Instance { get; } = new();
}
