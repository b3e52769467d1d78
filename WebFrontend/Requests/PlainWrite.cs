using Microsoft.AspNetCore.Http.Features;

namespace Hearth.WebFrontend.Requests;

/// <summary>What the shortcuts for the plainest writes look at: no query, no origin, no body, and one id in the path.</summary>
internal static class PlainWrite
{
    /// <summary>The id between <paramref name="prefix"/> and <paramref name="suffix"/>; null where the request is not plain or the id breaks the rule for ids.</summary>
    public static string? IdOf(HttpContext context, string method, string prefix, string suffix)
    {
        var request = context.Request;
        return HttpMethods.Equals(request.Method, method)
            && !request.QueryString.HasValue
            && request.Headers is { Origin.Count: 0, ContentType.Count: 0 }
            && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
                ? Between(request.Path.Value, prefix, suffix)
                : null;
    }

    private static string? Between(ReadOnlySpan<char> path, string prefix, string suffix)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || !path.EndsWith(suffix, StringComparison.Ordinal)
            || path.Length <= prefix.Length + suffix.Length)
        {
            return null;
        }

        var segment = path[prefix.Length..^suffix.Length];
        return !segment.Contains('/') && PathId.TryParse(segment.ToString(), out var id) ? id.Value : null;
    }
}
