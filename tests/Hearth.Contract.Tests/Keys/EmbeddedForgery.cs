using System.Net;
using System.Net.Http.Json;

namespace Hearth.Contract.Tests.Keys;

/// <summary>Without keys a browser on this machine may write, and a page of another site must not make it.</summary>
[Collection(Embedded.Name)]
public sealed class EmbeddedForgery(EmbeddedServer server)
{
    private string Here => server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_program_may_write()
    {
        Assert.Equal(HttpStatusCode.Created, await Create());
    }

    [Fact]
    public async Task A_page_of_this_site_may_write()
    {
        Assert.Equal(HttpStatusCode.Created, await Create(("Origin", Here), ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(HttpStatusCode.Created, await Create(("Origin", Here)));
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_site_may_not(string header, string value)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await Create((header, value)));
    }

    [Fact]
    public async Task A_name_that_was_made_to_lead_here_is_another_site()
    {
        var host = $"elsewhere.example:{server.Client.BaseAddress!.Port}";

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await Create(("Host", host), ("Origin", $"http://{host}")));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await Create(("Host", host)));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LocalHost:5080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.2", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1:99999", HttpStatusCode.BadRequest)]
    public async Task Only_loopback_by_its_own_names_is_answered(string host, HttpStatusCode status)
    {
        // Reads ahead of routing, pages, the dashboard and what needs no key.
        foreach (var path in new[] { "/health/live", "/", "/docs", "/orleans/", "/openapi/v1.json", "/presence/online" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Host", host);
            using var response = await server.Client.SendAsync(request);

            Assert.Equal((path, status), (path, response.StatusCode));
        }
    }

    [Theory]
    [InlineData("file:///x")]
    [InlineData("mailto:x")]
    [InlineData("http://[")]
    [InlineData("x:y")]
    public async Task An_origin_that_is_none_is_another_site(string origin)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await Create(("Origin", origin)));
    }

    [Theory]
    [InlineData("https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Accepted)]
    public async Task Views_are_posted_from_this_sites_pages_where_no_other_is_listed(string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/pages/{HearthServer.Fresh("page")}/views");
        request.Headers.Add("Origin", origin ?? Here);
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    private async Task<HttpStatusCode> Create(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/categories") { Content = JsonContent.Create(new { name = "forged" }) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }
}
