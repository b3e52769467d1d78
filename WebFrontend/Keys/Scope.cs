namespace Hearth.WebFrontend.Keys;

/// <summary>What a key allows; each scope includes the ones before it. The names are authorization policies.</summary>
internal static class Scope
{
    /// <summary>Post views, from a browser.</summary>
    public const string Public = "public";

    /// <summary>A site's server: everything but what <see cref="Admin"/> names.</summary>
    public const string App = "app";

    /// <summary>Edit categories and products, import, reindex, the operator's pages.</summary>
    public const string Admin = "admin";
}
