namespace Hearth.AspNetCore.Tests;

/// <summary>As <see cref="ClusterSite"/>, on the real clock, which FusionCache knows alone.</summary>
public sealed class ClusterSiteInRealTime : ClusterSite
{
    protected override TimeProvider Clock => TimeProvider.System;
}
