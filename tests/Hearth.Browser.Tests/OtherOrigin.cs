using System.Net;
using System.Text;

namespace Hearth.Browser.Tests;

/// <summary>A site at an origin of its own, all of whose pages are empty.</summary>
internal sealed class OtherOrigin : IAsyncDisposable
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes("<!doctype html><link rel=icon href=data:,><title>Another site</title>");

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OtherOrigin(int port)
    {
        Address = new Uri($"http://localhost:{port}");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = Serve();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
            {
                return;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.OutputStream.WriteAsync(Page);
            context.Response.Close();
        }
    }
}
