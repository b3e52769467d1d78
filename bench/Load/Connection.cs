using System.Net.Sockets;
using System.Text;

namespace Hearth.Load;

/// <summary>One kept-alive HTTP/1.1 connection. As little work for each request as can be, since the server shares the machine.</summary>
internal sealed class Connection : IDisposable
{
    private const int MaxHeadBytes = 16 << 10;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[MaxHeadBytes];
    private readonly Uri _server;

    private Connection(Uri server) => _server = server;

    public static async Task<Connection> Open(Uri server)
    {
        var connection = new Connection(server);
        await connection._socket.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    /// <summary>Posts without a body; returns the status. The connection is of no further use after an answer with a body.</summary>
    public async ValueTask<int> Post(string path)
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {_server.Authority}\r\nContent-Length: 0\r\n\r\n"));
        var length = 0;
        while (_received.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            length += read;
        }

        return int.Parse(_received.AsSpan("HTTP/1.1 ".Length, 3));
    }

    public void Dispose() => _socket.Dispose();
}
