namespace Hearth.Browser.Tests;

public sealed class EmbeddedSite : Site
{
    protected override async Task<HearthServer> Start() => await EmbeddedServer.Start(Settings);
}
