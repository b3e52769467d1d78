namespace Hearth.Browser.Tests;

public sealed class KeyedSite : EmbeddedSite
{
    protected override async Task<HearthServer> Start() => await EmbeddedServer.Start([("Keys:Admin:0", "admin-key"), ("Keys:App:0", "app-key"), .. Settings]);
}
