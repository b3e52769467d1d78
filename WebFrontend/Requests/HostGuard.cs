using System.Globalization;
using System.Net;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Problems;

namespace Hearth.WebFrontend.Requests;

/// <summary>
/// Answers for the names that lead here. Without keys everybody who reaches loopback is the administrator, and a page of another
/// site reaches it under a name of its own that it makes to lead to loopback (DNS rebinding): only loopback's own names are
/// answered then. Also marks every answer so that no browser takes it for another type than it says.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, KeyRing keys)
{
    private const int MaxPort = 65_535;

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var host = context.Request.Host.Value ?? "";
        return !TrySplit(host, out var name) ? Problem.BadRequest("The Host header is malformed.").ExecuteAsync(context)
            : keys.IsEmpty && !IsLoopback(name)
                ? Problem.Of(StatusCodes.Status421MisdirectedRequest, "Without keys only localhost, 127.0.0.1 and [::1] are answered for.").ExecuteAsync(context)
                : next(context);
    }

    /// <summary>Whether it is a name with a port that there can be, or none (RFC 9110, section 7.2).</summary>
    private static bool TrySplit(string host, out ReadOnlySpan<char> name)
    {
        var colon = host.LastIndexOf(':');
        var hasPort = colon >= 0 && host.IndexOf(']') < colon;
        name = hasPort ? host.AsSpan(0, colon) : host;
        var port = hasPort ? host.AsSpan(colon + 1) : default;
        return port.IsEmpty || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxPort);
    }

    private static bool IsLoopback(ReadOnlySpan<char> name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name is ['[', .. var inner, ']'] ? inner : name, out var address) && IPAddress.IsLoopback(address));
}
