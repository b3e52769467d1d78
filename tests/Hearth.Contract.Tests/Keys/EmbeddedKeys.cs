using System.Net;
using System.Net.Http.Headers;

namespace Hearth.Contract.Tests.Keys;

/// <summary>What each scope of key may do.</summary>
public sealed class EmbeddedKeys(KeyedServer keyed) : IClassFixture<KeyedServer>
{
    private readonly EmbeddedServer _server = keyed.Server;

    [Theory]
    [InlineData("/status", null, HttpStatusCode.Unauthorized)]
    [InlineData("/status", "wrong-key", HttpStatusCode.Unauthorized)]
    [InlineData("/status", "public-key", HttpStatusCode.Forbidden)]
    [InlineData("/status", "app-key-1", HttpStatusCode.OK)]
    [InlineData("/status", "app-key-2", HttpStatusCode.OK)]
    [InlineData("/status", "admin-key", HttpStatusCode.OK)]
    [InlineData("/metrics", "public-key", HttpStatusCode.Forbidden)]
    [InlineData("/orleans/", "app-key-1", HttpStatusCode.Forbidden)]
    [InlineData("/orleans/", "admin-key", HttpStatusCode.OK)]
    [InlineData("/cache/none", null, HttpStatusCode.Unauthorized)]
    [InlineData("/cache/none", "public-key", HttpStatusCode.Forbidden)]
    [InlineData("/cache/none", "app-key-1", HttpStatusCode.NotFound)]
    [InlineData("/cache/none", "admin-key", HttpStatusCode.NotFound)]
    [InlineData("/sessions/none", "wrong-key", HttpStatusCode.Unauthorized)]
    [InlineData("/sessions/none", "public-key", HttpStatusCode.Forbidden)]
    [InlineData("/sessions/none", "app-key-2", HttpStatusCode.NotFound)]
    [InlineData("/health/live", null, HttpStatusCode.OK)]
    [InlineData("/health/ready", null, HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", null, HttpStatusCode.OK)]
    public async Task A_key_opens_what_its_scope_allows(string path, string? key, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        if ((int)status >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_refusal_says_how_to_authenticate()
    {
        using var response = await _server.Client.GetAsync("/status");

        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }
}
