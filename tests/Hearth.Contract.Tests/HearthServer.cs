namespace Hearth.Contract.Tests;

/// <summary>A running Hearth, reached only through HTTP. The contract suites run against any of its kinds.</summary>
public abstract class HearthServer : IAsyncLifetime
{
    /// <summary>A client whose base address is the front end's.</summary>
    public HttpClient Client { get; protected set; } = null!;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A name that no other test uses, readable in failure messages.</summary>
    public static string Fresh(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..(prefix.Length + 9)];
}
