using Hearth.WebFrontend.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Keys;

/// <summary>
/// Refuses requests that are meant for another host (RFC 9110, section 7.4). Without keys whoever reaches this machine's
/// loopback is the administrator, so a page of another site must not get here by a name that it lets lead to loopback (DNS
/// rebinding): only the names that loopback always has are answered.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, KeyRing keys)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Stands in for the host of a request that names none, as HTTP/1.0 allows.</summary>
    private static readonly HostString Unnamed = new("localhost");

    /// <summary>The host that was let through last; nearly all requests have the same.</summary>
    private volatile string? _last;

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (!host.HasValue && !keys.IsEmpty)
        {
            context.Request.Host = Unnamed;
        }
        else if (host.Value != _last || !host.HasValue)
        {
            if (Refusal(host) is { } refusal)
            {
                return refusal.ExecuteAsync(context);
            }

            _last = host.Value;
        }

        return next(context);
    }

    private ProblemHttpResult? Refusal(HostString host) =>
        keys.IsEmpty && !Loopback.Contains(host.Host, StringComparer.OrdinalIgnoreCase) ? Problem.Of(
            StatusCodes.Status421MisdirectedRequest, $"No key is configured, so that only requests to {string.Join(", ", Loopback)} are answered.")
        : !Uri.TryCreate($"http://{host}", UriKind.Absolute, out _) ? Problem.BadRequest("The Host is malformed.")
        : null;
}
