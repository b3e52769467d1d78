using System.Net.Sockets;
using System.Text;

namespace Hearth.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection, for a thread of its own: a blocking socket costs much less processor time than an
/// asynchronous one, and the server shares the machine.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int MaxHeadBytes = 16 << 10;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[MaxHeadBytes];
    private readonly Uri _server;

    private Connection(Uri server) => _server = server;

    /// <summary>Opens connections, runs something with each on a thread of its own, and closes them when all are done.</summary>
    /// <param name="server">Where to connect to.</param>
    /// <param name="count">How many connections.</param>
    /// <param name="use">Given the connection and its number, from 0.</param>
    public static async Task UseMany(Uri server, int count, Action<Connection, int> use)
    {
        var connections = Enumerable.Range(0, count).Select(_ => new Connection(server)).ToList();
        connections.ForEach(connection => connection._socket.Connect(server.Host, server.Port));
        await Task.WhenAll(connections.Select((connection, number) => Task.Factory.StartNew(
            () => use(connection, number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        connections.ForEach(connection => connection.Dispose());
    }

    /// <summary>Posts without a body; returns the status. The connection is of no further use after an answer with a body.</summary>
    public int Post(string path)
    {
        _socket.Send(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {_server.Authority}\r\nContent-Length: 0\r\n\r\n"));
        var length = 0;
        while (_received.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = _socket.Receive(_received.AsSpan(length));
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
