namespace Hearth.Contract.Tests.Views;

/// <summary>A server with keys that counts views from the pages of one other origin.</summary>
public sealed class BrowserServer : IAsyncLifetime
{
    public const string Listed = "https://www.example.com";

    public EmbeddedServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await EmbeddedServer.Start(
        ("Keys:Public:0", "public-key"), ("Keys:App:0", "app-key"), ("Views:Origins:0", "http://localhost:3000"), ("Views:Origins:1", Listed));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
