namespace Hearth.AspNetCore.Tests;

/// <summary>As <see cref="EmbeddedSite"/>, on the real clock, which FusionCache knows alone.</summary>
public sealed class EmbeddedSiteInRealTime : EmbeddedSite
{
    protected override TimeProvider Clock => TimeProvider.System;
}
