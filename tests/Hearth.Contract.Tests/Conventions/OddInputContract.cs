using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Conventions;

/// <summary>"No input, however odd, gives a 500": every call of the document, broken in every way that is listed here.</summary>
public abstract class OddInputContract(HearthServer server)
{
    private static readonly string[] ContentTypes =
    [
        "application/json; charset=\"utf-8\"", "application/json; charset=utf8", "application/json; charset=nonsense", "application/json; charset=utf-7",
        "application/json; charset=", "application/json;;", "text/plain", "multipart/form-data", "*/*", "application/x-www-form-urlencoded; charset=utf-7",
    ];

    private static readonly string[] Bodies =
    [
        "", "null", "[]", "{}", "[null]", "{\"a\":1}", "{\"__proto__\":{}}", "{\"user\":1}", "\"x\"", "1e999", "{\"data\":{\"a\":null,\"a\":1}}",
        "[[[[[[[[[[", "{\"page\":\"\\ud800\"}", "\uFEFF{}", "[{\"page\":\"a\",\"count\":1e30}]", "{\"name\":\"\\u0000\"}",
    ];

    private static readonly string[] Queries =
    [
        "?limit=99999999999999999999", "?limit=-1", "?limit=", "?after=%00", "?after=!!!", "?minVersion=9223372036854775808", "?from=0000-00-00&to=9999-99-99",
        "?from=9999-12-31", "?users=", "?pages=%C3%A9&pages=", "?ttl=NaN", "?ttl=1e308", "?ttl=-0", "?depth=-2147483649", "?by=", "?sort=%FF", "?confirm=x&replace=true",
    ];

    private static readonly string[] Segments = ["%00", "%ff", "%C3", "%2F", "..", "%2e%2e", " ", "%F0%9F%94%A5", new('x', 300), "-", "null"];

    [Fact]
    public async Task Nothing_odd_is_taken_for_a_fault_of_the_server()
    {
        var document = await ApiDocument.Read(server.Client);
        var requests = document.Operations.Where(call => !call.Path.Contains("events", StringComparison.Ordinal))
            .SelectMany(call => Broken(call.Method, call.Path, call.Operation)).ToArray();
        var faults = new List<string>();
        foreach (var some in requests.Chunk(16))
        {
            faults.AddRange((await Task.WhenAll(some.Select(Send))).OfType<string>());
        }

        Assert.True(requests.Length > 1000, $"Only {requests.Length} requests were made.");
        Assert.True(faults.Count == 0, $"{faults.Count} of {requests.Length}:\n{string.Join('\n', faults.Take(20))}");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1:99999\r\n\r\n", "400")]
    [InlineData("GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421")]
    [InlineData("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n", "200")]
    [InlineData("GET /status HTTP/1.1\r\nHost: [::1]:5080\r\n\r\n", "200")]
    [InlineData("GET /orleans/SiloProperties/x HTTP/1.1\r\nHost: localhost\r\n\r\n", "404")]
    [InlineData("GET /orleans/HistoricalStats/x HTTP/1.1\r\nHost: localhost\r\n\r\n", "404")]
    [InlineData("GET /sessions/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "404")]
    [InlineData("GET /categories/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "404")]
    [InlineData("HEAD /status HTTP/1.1\r\nHost: localhost\r\n\r\n", "200")]
    [InlineData("POST /operator/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 1\r\n\r\nx", "415")]
    [InlineData("POST /operator/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-7\r\nContent-Length: 3\r\n\r\na=b", "400|401|415")]
    public async Task A_request_line_or_header_is_answered_for_what_it_is(string request, string status)
    {
        var address = server.Client.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();

        Assert.Contains(answer.Split(' ')[1], status.Split('|'));
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST", "/sessions", """{"idleTimeout":60,"colour":"red"}""", "colour")]
    [InlineData("POST", "/sessions", """{"user":"a","user":"b"}""", "user")]
    [InlineData("POST", "/views", """[{"page":"a"},{"page":"b","slug":1}]""", "[1].slug")]
    [InlineData("POST", "/categories", """{"name":"A","slug":"a"}""", "slug")]
    [InlineData("PUT", "/products/x", """{"name":"A","price":3}""", "price")]
    [InlineData("POST", "/pages/a/views", """{"visitr":"x"}""", "visitr")]
    public async Task A_member_that_the_call_does_not_know_or_that_stands_twice_is_named(string method, string path, string body, string field)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, Assert.Single(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject()).Key);
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"", HttpStatusCode.Created)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.Created)]
    [InlineData("application/json; charset=utf8", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    public async Task Json_is_recognised_as_its_media_type_is_written(string type, HttpStatusCode status)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.Client.PostAsync("/sessions", content);

        Assert.Equal(status, response.StatusCode);
    }

    private static IEnumerable<HttpRequestMessage> Broken(string method, string path, JsonObject operation)
    {
        var plain = ApiDocument.Request(method, path, operation);
        var target = plain.RequestUri!.ToString();
        var hasBody = plain.Content is not null;
        foreach (var query in Queries)
        {
            yield return Request(method, target.Split('?')[0] + query, hasBody ? "{}" : null, "application/json");
        }

        foreach (var segment in path.Contains('{', StringComparison.Ordinal) ? Segments : [])
        {
            yield return Request(method, System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", segment), hasBody ? "{}" : null, "application/json");
        }

        foreach (var body in hasBody ? Bodies : [])
        {
            yield return Request(method, target, body, "application/json");
        }

        foreach (var type in hasBody ? ContentTypes : [])
        {
            yield return Request(method, target, "{}", type);
        }
    }

    private static HttpRequestMessage Request(string method, string target, string? body, string type)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(
            "http://localhost" + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return request;
    }

    /// <summary>Null where the answer is none of a fault. 503 may only come of waiting for a version.</summary>
    private async Task<string?> Send(HttpRequestMessage request)
    {
        using (request)
        {
            var said = $"{request.Method} {request.RequestUri!.OriginalString["http://localhost".Length..]} {request.Content?.Headers.ContentType}";
            request.RequestUri = new Uri(
                server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + request.RequestUri.OriginalString["http://localhost".Length..],
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var response = await server.Client.SendAsync(request);
            return response.StatusCode < HttpStatusCode.InternalServerError || (response.StatusCode == HttpStatusCode.ServiceUnavailable && said.Contains("minVersion", StringComparison.Ordinal))
                ? null : $"{said}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
    }
}
