using System.Net;
using System.Net.Sockets;

namespace Hearth.TestServers;

/// <summary>
/// A port of 127.0.0.1 that nobody listened on a moment ago. Each is given once, and none of those that systems take for
/// outgoing connections, so that nobody else has it before its server listens.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Count = 20_000;

    // Processes side by side begin at different ports.
    private static int _given = Environment.ProcessId * 131;

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static int Find()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _given) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"Every port from {First} to {First + Count - 1} is taken.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
