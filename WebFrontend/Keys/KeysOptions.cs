namespace Hearth.WebFrontend.Keys;

/// <summary>The keys that callers present as <c>Authorization: Bearer</c>. Section <c>Keys</c>.</summary>
internal sealed class KeysOptions
{
    /// <summary>Keys that may post views, such as from a browser.</summary>
    public string[] Public { get; set; } = [];

    /// <summary>Keys of a site's servers: everything but editing the catalogue and the operator's pages.</summary>
    public string[] App { get; set; } = [];

    /// <summary>Keys that may do everything.</summary>
    public string[] Admin { get; set; } = [];

    /// <summary>Whether any key is set. Without one, only loopback is listened on and every request is the admin's.</summary>
    public bool Any => Public.Length + App.Length + Admin.Length > 0;
}
