namespace Hearth.Grains.Views;

/// <summary>The salt of one day.</summary>
[GenerateSerializer, Alias("visitor-salt-state")]
internal sealed class VisitorSaltState
{
    [Id(0)]
    public DateOnly Day { get; set; }

    [Id(1)]
    public byte[] Salt { get; set; } = [];
}
