using Hearth.WebFrontend.Keys;

namespace Hearth.WebFrontend.Requests;

/// <summary>What the shortcuts ahead of routing and authorization share.</summary>
internal static class ShortcutExtensions
{
    /// <summary>The endpoint that a shortcut answers for, by which metrics and logs name the request. Known once all are mapped.</summary>
    public static Endpoint Named(this EndpointDataSource endpoints, string name) =>
        endpoints.Endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == name);

    /// <summary>Whether a request may go where <see cref="Scope.App"/> is needed.</summary>
    public static bool AllowApp(this KeyRing keys, HttpRequest request) =>
        keys.IsEmpty || KeyAuthenticationHandler.ScopeOf(request, keys) is Scope.App or Scope.Admin;
}
