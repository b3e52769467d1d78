namespace Hearth.Contract.Tests.Keys;

/// <summary>A server with keys of every scope.</summary>
public sealed class KeyedServer : IAsyncLifetime
{
    public EmbeddedServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await EmbeddedServer.Start(
        ("Keys:Public:0", "public-key"), ("Keys:App:0", "app-key-1"), ("Keys:App:1", "app-key-2"), ("Keys:Admin:0", "admin-key"));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
