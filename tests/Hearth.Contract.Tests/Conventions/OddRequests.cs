using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Conventions;

/// <summary>
/// Requests that nobody means, as bytes: each is what the API document's example says with a few things replaced by odd ones.
/// The same seed makes the same requests.
/// </summary>
internal sealed class OddRequests(int seed)
{
    private static readonly string[] Segments =
    [
        "", "%", "%0", "%00", "%0A", "%7F", "%FF", "%C0%AF", "%ED%A0%80", "%2F", "%252F", "..", "%2E%2E", ".", "%20", "+", "%F0%9F%94%A5", "%E2%80%AE", "%5C", "\\", "é", "\"",
        "'", ";", "a;b=c", "null", "-1", "9223372036854775808", "NaN", "index", "import", "S127.0.0.1:1:1", "127.0.0.1%3A1%401", new string('x', 257), new string('x', 8000), "%25%32%46", "{id}", "*",
    ];

    private static readonly string[] Values =
    [
        .. Segments, "true", "TRUE", "1", "0", "1e9", "1.5", "1,5", "-0", "2147483648", "-2147483649", "9223372036854775807", "0x10", "Infinity", "1e400", "0001-01-01", "9999-12-31", "2026-02-30",
        "2026-1-1", "0000-00-00", "day", "location", "cascade", "name", "AA%3D%3D", "__8", "AAA", "%E2%80%A8", "%3Cscript%3E", "a%26b", "%3D", "#", "?", " x", "//evil.example", "/%C3%BC", "%2F%5Cx",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json", "application/json; charset=\"utf-8\"", "application/json; charset=utf8", "application/json; charset=nonsense", "application/json; charset=utf-7", "application/json; charset=\"",
        "application/json; charset=", "application/json;;", "application/json, application/json", "application/problem+json", "text/plain", "text/tab-separated-values", "text/tab-separated-values; charset=utf-16",
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7", "*/*", "/", "",
        "é/ü", "a", "text/html\t", "application/json; charset=us-ascii", new string('a', 4000),
    ];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Host", ["127.0.0.1:99999", "127.0.0.1:", "evil.example", "", "[::1", "[::1]:1", "localhost:-1", "a b", "é", "127.0.0.1:80:80", "user@localhost", "..", "%", "localhost/x"]),
        ("Origin", ["null", "", "file:///x", "mailto:x", "http://[", "://", "http://127.0.0.1:99999", "é", "http://localhost", "x:y"]),
        ("Sec-Fetch-Site", ["cross-site", "nonsense", "same-origin"]),
        ("If-None-Match", ["*", "\"", "\"x\"", "W/\"", ",,,", "\"9223372036854775808\"", "é"]),
        ("If-Match", ["*", "\"", "x"]),
        ("If-Modified-Since", ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"]),
        ("Range", ["bytes=0-", "bytes=5-1", "x", "bytes=-9223372036854775808"]),
        ("Accept", ["x", "", "text/html", "*/*;q=é", "text/html;q=nonsense"]),
        ("Accept-Encoding", ["br", "gzip;q=x", "é"]),
        ("Authorization", ["Bearer", "Bearer ", "Basic x", "Bearer é", new string('x', 3000)]),
        ("Cookie", ["hearth-operator=x", "hearth-operator=", "=;=", "hearth-antiforgery=x; hearth-operator=CfDJ8"]),
        ("Last-Event-ID", ["x", "1-2-3-4", "é", new string('9', 400), "a-9223372036854775808"]),
        ("Access-Control-Request-Method", ["POST", "é"]),
        ("traceparent", ["00-0-0-0", "x"]),
        ("Expect", ["100-continue", "nonsense"]),
        ("Content-Encoding", ["gzip", "x"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
    ];

    private static readonly string[] Tokens =
    [
        "null", "true", "0", "-1", "1e400", "-1e400", "9223372036854775808", "1.5", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\n\"", "[]", "{}", "[null]", "[[[]]]", "{\"a\":{\"a\":1,\"a\":2}}", "\"1\"",
        "\"2026-02-30\"", "\"9999-12-31T23:59:59.999-23:59\"", "\"0001-01-01T00:00:00+14:00\"", "\"0001-01-01\"", "NaN", "'x'", "\"\ufeff\"", $"\"{new string('x', 5000)}\"", $"\"{new string('\ud83d', 1)}\"",
        new string('[', 100) + new string(']', 100),
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "null", "[]", "{}", "[null]", "[{}]", "[[]]", "5", "\"x\"", "{", "[{\"", "\0", "\ufeff{}", "{}{}", "{\"\":1}", "{\"\\ud800\":1}", "{\"$id\":\"1\"}", "{\"__proto__\":1}", "[{},{\"nobody\":1}]", "id\tparent_id\tname",
        "id\tparent_id\tname\n", "id\tparent_id\tname\n\"", "id\tparent_id\tname\n\"a\"b\t\tx", "id\tcategory_id\tname\na\t\t\"x\ny\"\n\n", "# nothing\n", "1 - A > B", "key=x&next=%2F%C3%BC", "key&&=&next=//x", "--x\r\n\r\n",
        new string('{', 2000), new string('\n', 3000), new string('a', 3000) + "=1", string.Join('&', Enumerable.Range(0, 1100).Select(field => $"a{field}=1")),
    ];

    private readonly Random _random = new(seed);

    /// <summary>A request for an operation, and the same for a person to read.</summary>
    public byte[] Make(string method, string path, JsonObject operation)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject()).ToArray();
        foreach (var name in parameters.Where(parameter => (string)parameter["in"]! == "path").Select(parameter => (string)parameter["name"]!))
        {
            path = path.Replace($"{{{name}}}", Odd(4) ? One(Segments) : "odd", StringComparison.Ordinal);
        }

        var query = parameters.Where(parameter => (string)parameter["in"]! == "query" && Odd(2)).SelectMany(Query);
        var target = path + (Odd(20) ? "/" : "") + (query.Any() || Odd(9) ? "?" + string.Join('&', query.Append(Odd(9) ? One(Values) : "x=1")) : "");
        var (type, body) = Body(operation);
        var request = new StringBuilder($"{(Odd(30) ? One(["OPTIONS", "TRACE", "QUERY", "get", "HEAD", "PUT", "DELETE"]) : method)} {target} HTTP/1.1\r\n");
        var headers = Enumerable.Range(0, _random.Next(3)).Select(_ => Headers[_random.Next(Headers.Length)]).Select(header => (header.Name, Value: One(header.Values))).ToArray();
        request.Append(headers.Any(header => header.Name == "Host") ? "" : "Host: 127.0.0.1\r\n");
        foreach (var (name, value) in headers)
        {
            request.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (body is not null)
        {
            request.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }

        return Encoding.UTF8.GetBytes(request.Append(CultureInfo.InvariantCulture, $"Connection: close\r\n\r\n{body}").ToString());
    }

    private IEnumerable<string> Query(JsonObject parameter)
    {
        var name = (string)parameter["name"]!;
        var value = Odd(3) ? (parameter["example"] switch { null => "x", JsonArray many => many[0]!.ToString(), var one => one.ToString() }) : null;
        return Enumerable.Range(0, Odd(6) ? 2 : 1).Select(_ => $"{name}={(value is null ? One(Values) : Uri.EscapeDataString(value))}");
    }

    private (string? Type, string? Body) Body(JsonObject operation)
    {
        if (operation["requestBody"]?["content"]?.AsObject().FirstOrDefault() is not { Key: { } type, Value: { } content })
        {
            return Odd(8) ? (One(MediaTypes), One(Bodies)) : (null, null);
        }

        var example = content["example"];
        var body = example is JsonValue text && !type.Contains("json", StringComparison.Ordinal) ? text.ToString() : example?.ToJsonString() ?? "{}";
        return (Odd(3) ? One(MediaTypes) : type, _random.Next(4) switch
        {
            0 => One(Bodies),
            1 => body[.._random.Next(body.Length + 1)],
            _ => Mutate(body),
        });
    }

    /// <summary>Replaces what stands behind a colon, or writes a member twice.</summary>
    private string Mutate(string json)
    {
        var colons = Enumerable.Range(0, json.Length).Where(at => json[at] == ':').ToArray();
        if (colons.Length == 0)
        {
            return json + One(Tokens);
        }

        var colon = colons[_random.Next(colons.Length)];
        var end = json.IndexOfAny([',', '}', ']'], colon);
        var replaced = json[..(colon + 1)] + One(Tokens) + json[(end < 0 ? json.Length : end)..];
        return Odd(5) ? replaced.Replace("}", ",\"user\":\"a\",\"nobody\":[1]}", StringComparison.Ordinal) : replaced;
    }

    private bool Odd(int outOf) => _random.Next(outOf) == 0;

    private string One(string[] values) => values[_random.Next(values.Length)];
}
