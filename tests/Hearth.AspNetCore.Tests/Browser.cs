using Microsoft.AspNetCore.TestHost;

namespace Hearth.AspNetCore.Tests;

/// <summary>A browser on a site: it keeps cookies, and may go to another front end with them.</summary>
public sealed class Browser(Site site, int frontEnd)
{
    private readonly Dictionary<string, string> _cookies = [];

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    public int FrontEnd { get; set; } = frontEnd;

    /// <summary>Presents another browser's cookie.</summary>
    public void Take(KeyValuePair<string, string> cookie) => _cookies[cookie.Key] = cookie.Value;

    /// <summary>Requests a path; returns the body, or the status where it is no success.</summary>
    public async Task<string> Get(string path)
    {
        using var response = await Send(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : $"{(int)response.StatusCode}";
    }

    public async Task<HttpResponseMessage> Send(string path)
    {
        var client = site.FrontEnds[FrontEnd % site.FrontEnds.Count].GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var response = await client.SendAsync(request);
        foreach (var header in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            Keep(header);
        }

        return response;
    }

    private void Keep(string header)
    {
        var parts = header.Split(';')[0].Split('=', 2);
        if (parts[1].Length == 0)
        {
            _cookies.Remove(parts[0]);
        }
        else
        {
            _cookies[parts[0]] = parts[1];
        }
    }
}
