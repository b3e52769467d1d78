using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Keys;

/// <summary>Knows the scope of each key. Keys are looked up by their SHA-256, so timing tells nothing about them.</summary>
internal sealed class KeyRing
{
    private readonly Dictionary<string, string> _scopes = [];

    public KeyRing(IOptions<KeysOptions> options)
    {
        IsEmpty = !options.Value.Any;
        Add(Scope.Public, options.Value.Public);
        Add(Scope.App, options.Value.App);
        Add(Scope.Admin, options.Value.Admin);
    }

    /// <summary>No key is configured: every request is the admin's, and only loopback is listened on.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether a request may go where a scope is needed, by its bearer key alone.</summary>
    public bool Allow(HttpRequest request, string scope) => IsEmpty || KeyAuthenticationHandler.ScopeOf(request, this) switch
    {
        Scope.Admin => true,
        Scope.App => scope != Scope.Admin,
        Scope.Public => scope == Scope.Public,
        _ => false,
    };

    public string? ScopeOf(string key) => _scopes.GetValueOrDefault(Hash(key));

    private void Add(string scope, string[] keys)
    {
        foreach (var key in keys)
        {
            _scopes[Hash(key)] = scope;
        }
    }

    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
