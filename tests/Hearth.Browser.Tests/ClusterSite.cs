namespace Hearth.Browser.Tests;

public sealed class ClusterSite : Site
{
    protected override string? Missing => ClusterServer.Missing;

    protected override async Task<HearthServer> Start() => await ClusterServer.Start(Settings);
}
