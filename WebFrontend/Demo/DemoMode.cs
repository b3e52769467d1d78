namespace Hearth.WebFrontend.Demo;

/// <param name="IsOn">Whether this process shows invented data.</param>
internal sealed record DemoMode(bool IsOn);
