using System.Net;
using System.Net.Http.Headers;
using System.Text;

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
    public async Task With_keys_any_host_that_is_one_is_answered()
    {
        Assert.Equal(HttpStatusCode.OK, await Ask("hearth.example"));
        Assert.Equal(HttpStatusCode.BadRequest, await Ask("hearth.example:99999"));

        async Task<HttpStatusCode> Ask(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/docs");
            request.Headers.TryAddWithoutValidation("Host", host);
            using var response = await _server.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("key=admin-key&next=%2Foperator%2Fusers", "/operator/users")]
    [InlineData("key=admin-key&next=/ü", "/%C3%BC")]
    [InlineData("key=admin-key&next=/a b?q=é%7F", "/")]
    [InlineData("key=admin-key&next=/a b?q=é%E2%80%A8", "/a%20b?q=%C3%A9%E2%80%A8")]
    [InlineData("key=admin-key&next=//elsewhere.example", "/")]
    [InlineData("key=admin-key&next=/%5Celsewhere.example", "/")]
    [InlineData("key=admin-key&next=/%0D%0ASet-Cookie:x", "/")]
    [InlineData("key=admin-key", "/")]
    public async Task Signing_in_leads_back_to_a_page_of_this_site(string form, string location)
    {
        using var response = await SignIn(form);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded; charset=\"utf-8\"", HttpStatusCode.Found)]
    public async Task A_form_is_recognised_by_its_media_type(string type, HttpStatusCode status)
    {
        using var response = await SignIn("key=admin-key", type);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_none_of_the_pages_is_malformed()
    {
        foreach (var form in new[] { new string('k', 2049) + "=admin-key", string.Join('&', Enumerable.Range(0, 1100).Select(field => $"key{field}=admin-key")) })
        {
            using var response = await SignIn(form);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    /// <summary>The cookie alone writes nothing, and only one form is read for the token that must go with it.</summary>
    [Theory]
    [InlineData("POST", "/operator/sign-out", "application/x-www-form-urlencoded", "__RequestVerificationToken=x")]
    [InlineData("POST", "/operator/sign-out", "application/x-www-form-urlencoded; charset=utf-7", "x")]
    [InlineData("POST", "/operator/sign-out", "multipart/form-data", "x")]
    [InlineData("PUT", "/cache/x", "multipart/form-data", "x")]
    [InlineData("PUT", "/cache/x", "application/x-www-form-urlencoded; charset=utf-7", "x=1")]
    public async Task A_write_without_the_pages_token_is_refused_whatever_its_body(string method, string path, string type, string body)
    {
        using var signedIn = await SignIn("key=admin-key");
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Body(body, type) };
        request.Headers.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("token", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_how_to_authenticate()
    {
        using var response = await _server.Client.GetAsync("/status");

        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    private static ByteArrayContent Body(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<HttpResponseMessage> SignIn(string form, string type = "application/x-www-form-urlencoded")
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _server.Client.BaseAddress };
        return await client.PostAsync("/operator/sign-in", Body(form, type));
    }
}
