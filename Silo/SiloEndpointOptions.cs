using System.ComponentModel.DataAnnotations;

namespace Hearth.Silo;

/// <summary>Where this silo listens. Section <c>Silo</c>.</summary>
public sealed class SiloEndpointOptions
{
    /// <summary>
    /// The IP address or host name of this machine at which other silos and front ends reach the silo. In a cluster only:
    /// an embedded silo listens on loopback.
    /// </summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Silo:Address must be an IP address or a host name of this machine.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port for other silos, 1 to 65535; 0 takes a free one.</summary>
    [Range(0, 65535, ErrorMessage = "Silo:SiloPort must be between 0 and 65535.")]
    public int SiloPort { get; set; }

    /// <summary>The port for front ends in other processes, 1 to 65535; 0 takes a free one in a cluster, and opens none in an embedded silo.</summary>
    [Range(0, 65535, ErrorMessage = "Silo:GatewayPort must be between 0 and 65535.")]
    public int GatewayPort { get; set; }
}
