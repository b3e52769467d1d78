namespace Hearth.WebFrontend.Sessions;

/// <summary>What to change of a session; whatever is absent stays.</summary>
internal sealed record SessionPatch
{
    /// <summary>Strings by key; a null removes the key.</summary>
    public Dictionary<string, string?>? Data { get; init; }

    /// <summary>Whose the session is from now on; a null signs the user out of it.</summary>
    public string? User
    {
        get;
        init
        {
            field = value;
            NamesUser = true;
        }
    }

    /// <summary>Whether the request names a user at all.</summary>
    internal bool NamesUser { get; private init; }
}
