using System.ComponentModel.DataAnnotations;

namespace Hearth.Silo;

/// <summary>Where this silo listens. Section <c>Silo</c>.</summary>
public sealed class SiloEndpointOptions
{
    /// <summary>The port for other silos, 1 to 65535; 0 takes a free one, which suits a silo that is alone.</summary>
    [Range(0, 65535, ErrorMessage = "Silo:SiloPort must be between 0 and 65535.")]
    public int SiloPort { get; set; }

    /// <summary>The port for front ends in other processes, 1 to 65535; 0 opens none.</summary>
    [Range(0, 65535, ErrorMessage = "Silo:GatewayPort must be between 0 and 65535.")]
    public int GatewayPort { get; set; }
}
