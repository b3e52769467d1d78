using System.Net;
using System.Net.Sockets;
using Hearth.Silo.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Hearth.Silo.Clustering;

/// <summary>From <see cref="SiloEndpointOptions"/> to what Orleans listens on and tells others.</summary>
internal static class SiloEndpoints
{
    public static void ListenAlone(EndpointOptions endpoint, IOptions<SiloEndpointOptions> configured)
    {
        endpoint.SiloPort = FreeUnlessSet(configured.Value.SiloPort, IPAddress.Loopback);
        endpoint.GatewayPort = configured.Value.GatewayPort;
    }

    public static void ListenToCluster(EndpointOptions endpoint, IOptions<SiloEndpointOptions> configured)
    {
        endpoint.AdvertisedIPAddress = Resolve(configured.Value.Address);
        endpoint.SiloPort = FreeUnlessSet(configured.Value.SiloPort, endpoint.AdvertisedIPAddress);
        endpoint.GatewayPort = FreeUnlessSet(configured.Value.GatewayPort, endpoint.AdvertisedIPAddress);
    }

    /// <remarks>Other silos know a member by its IP address, so a name is resolved once, at the start.</remarks>
    private static IPAddress Resolve(string address)
    {
        try
        {
            return IPAddress.TryParse(address, out var parsed) ? parsed : Dns.GetHostAddresses(address, AddressFamily.InterNetwork)[0];
        }
        catch (SocketException exception)
        {
            throw new StartupException($"Silo:Address is \"{address}\", which is neither an IP address nor a name that can be resolved: {exception.Message}");
        }
    }

    private static int FreeUnlessSet(int port, IPAddress address) => port == 0 ? FreePort(address) : port;

    private static int FreePort(IPAddress address)
    {
        try
        {
            using var probe = new TcpListener(address, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException exception)
        {
            throw new StartupException($"Silo:Address is {address}, where this machine cannot listen: {exception.Message}");
        }
    }
}
