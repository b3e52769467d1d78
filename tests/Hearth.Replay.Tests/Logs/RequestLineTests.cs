using System.Text;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class RequestLineTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1", "GET", "/")]
    [InlineData("POST /form HTTP/2.0", "POST", "/form")]
    [InlineData("GET /", "GET", "/")]
    [InlineData("GET /a b c HTTP/1.0", "GET", "/a b c")]
    [InlineData("GET  / HTTP/1.1", "GET", "/")]
    [InlineData("OPTIONS * HTTP/1.1", "OPTIONS", "*")]
    [InlineData("M-SEARCH * HTTP/1.1", "M-SEARCH", "*")]
    [InlineData("CONNECT example.org:443 HTTP/1.1", "CONNECT", "example.org:443")]
    public void A_request_is_a_method_and_a_target(string request, string method, string target)
    {
        Assert.True(RequestLine.TryParse(Encoding.UTF8.GetBytes(request), out var actualMethod, out var actualTarget));
        Assert.Equal(method, Encoding.UTF8.GetString(actualMethod));
        Assert.Equal(target, Encoding.UTF8.GetString(actualTarget));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("GET")]
    [InlineData("GET ")]
    [InlineData("GET HTTP/1.1")]
    [InlineData(" / HTTP/1.1")]
    [InlineData("\u0016\u0003\u0001 \u0002 HTTP/1.1")]
    [InlineData("t3 12.1.2")]
    public void What_is_no_request_is_not_parsed(string request) =>
        Assert.False(RequestLine.TryParse(Encoding.UTF8.GetBytes(request), out _, out _));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a?b=c", "/a")]
    [InlineData("/a?b?c", "/a")]
    [InlineData("/?", "/")]
    [InlineData("//a//", "//a//")]
    [InlineData("/caf%C3%A9%2f", "/caf%C3%A9%2f")]
    [InlineData("/go?to=http://example.org/", "/go")]
    [InlineData("/http://example.org/", "/http://example.org/")]
    [InlineData("http://example.org/a?b", "/a")]
    [InlineData("HTTPS://example.org:8443/a", "/a")]
    [InlineData("http://example.org", "/")]
    [InlineData("http://example.org?a=/b", "/")]
    [InlineData("*", "")]
    [InlineData("example.org:443", "")]
    [InlineData("a/b", "")]
    [InlineData("?a", "")]
    [InlineData("://x/y", "")]
    public void The_path_of_a_target_has_neither_host_nor_query(string target, string path) =>
        Assert.Equal(path, Encoding.UTF8.GetString(RequestLine.Path(Encoding.UTF8.GetBytes(target))));
}
