using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Hearth.Storage.Redis.Membership;

/// <summary>
/// Who this silo is. A silo's generation tells it from one that had its address before, and has to be greater. Orleans takes
/// it from the machine's clock: a silo that starts after that was set back takes itself for the older of the two and ends, again
/// and again, until the time of the former has come. So Redis, which holds the membership, gives generations too.
/// </summary>
internal sealed class RedisSiloDetails : ILocalSiloDetails
{
    private const string Generation = "hearth/silo-generation";

    private static readonly RedisScript GenerationScript = RedisScript.Load("server.generation");

    private readonly Lazy<SiloAddress> _address;

    public RedisSiloDetails(IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoint, RedisClient redis)
    {
        var (address, port, gateway) = (endpoint.Value.AdvertisedIPAddress, endpoint.Value.SiloPort, endpoint.Value.GatewayPort);
        (Name, ClusterId, DnsHostName) = (silo.Value.SiloName, cluster.Value.ClusterId, Dns.GetHostName());
        _address = new(() => SiloAddress.New(address, port, NewGeneration(redis)));
        GatewayAddress = gateway == 0 ? null! : SiloAddress.New(address, gateway, 0);
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; }

    public SiloAddress SiloAddress => _address.Value;

    /// <summary>As Orleans has it: null where the silo has no gateway.</summary>
    public SiloAddress GatewayAddress { get; }

    /// <remarks>Orleans asks in constructors, which cannot await. While Redis is away there is no cluster to join, and that is told where it is joined.</remarks>
    private static int NewGeneration(RedisClient redis)
    {
        try
        {
            return (int)redis.Multiplexer.GetDatabase().ScriptEvaluate(GenerationScript.Text, [Generation]);
        }
        catch (Exception exception) when (RedisClient.IsOutage(exception))
        {
            return SiloAddress.AllocateNewGeneration();
        }
    }
}
