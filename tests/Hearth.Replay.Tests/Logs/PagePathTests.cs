using System.Net.Sockets;
using System.Text;
using CsCheck;
using Hearth.Replay.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Replay.Tests.Logs;

/// <summary>Pages have the ids that a site on ASP.NET counts them under while it runs.</summary>
public sealed class PagePathTests
{
    private static readonly string[] Parts =
    [
        "a", "~", "%7E", "%7e", "%2F", "%2f", "/", "/", ".", "..", "%2E", "%2e%2E", "%C3%A9", "%c3%a9", "%F0%9F%94%A5", "%C3", "%FF", "%E2%82", "%ED%A0%80",
        "%20", "%25", "%2525", "%41", "+", ";x", "%5B", "%22",
    ];

    private static readonly Gen<string> Paths =
        Gen.Int[0, Parts.Length - 1].Array[0, 8].Select(parts => "/" + string.Concat(parts.Select(part => Parts[part])));

    [Fact]
    public async Task Paths_are_decoded_as_Kestrel_decodes_them()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        site.Run(context => context.Response.WriteAsync(context.Request.Path.Value!));
        await site.StartAsync();
        var address = new Uri(site.Urls.Single());

        var paths = Paths.Array[500].Single();
        foreach (var path in paths)
        {
            Assert.Equal((path, await Ask(address, path)), (path, Encoding.UTF8.GetString(PagePath.Decode(Encoding.ASCII.GetBytes(path)))));
        }
    }

    private static async Task<string> Ask(Uri address, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        var chunk = answer.Split("\r\n\r\n", 2)[1].Split("\r\n");
        return chunk.Length > 1 ? chunk[1] : chunk[0];
    }
}
