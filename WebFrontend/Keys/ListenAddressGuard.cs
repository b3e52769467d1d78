using System.Net;
using Hearth.Silo.Hosting;

namespace Hearth.WebFrontend.Keys;

/// <summary>Refuses to listen beyond this machine while no key protects what is served. Runs before an address is bound.</summary>
internal static class ListenAddressGuard
{
    /// <param name="endpoint">The address to be bound; null for a Unix socket, which is this machine's own.</param>
    /// <param name="keys">The configured keys.</param>
    /// <exception cref="StartupException">The address is not loopback and there is no key.</exception>
    public static void Check(IPEndPoint? endpoint, KeysOptions keys)
    {
        if (endpoint is not null && !keys.Any && !IPAddress.IsLoopback(endpoint.Address))
        {
            throw new StartupException(
                $"Refusing to listen on {endpoint}: no key is configured, so every caller would be an administrator. "
                + "Set Keys:Admin, Keys:App or Keys:Public (for example the environment variable Keys__Admin__0), "
                + "or listen on loopback only (ASPNETCORE_URLS=http://localhost:5080).");
        }
    }
}
