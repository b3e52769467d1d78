using System.Net;
using System.Net.Sockets;

namespace Hearth.TestServers;

/// <summary>A port of 127.0.0.1 that nobody listened on a moment ago.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
