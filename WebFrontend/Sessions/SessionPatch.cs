namespace Hearth.WebFrontend.Sessions;

/// <summary>What to change of a session; whatever is absent stays.</summary>
internal sealed record SessionPatch
{
    /// <summary>Any JSON by key; a null removes the key.</summary>
    public Dictionary<string, SessionValue>? Data { get; init; }

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

    /// <summary>Seconds it lives after each use from now on.</summary>
    public double? IdleTimeout { get; init; }

    /// <summary>Seconds it lives from now on at most.</summary>
    public double? AbsoluteTimeout { get; init; }

    /// <summary>Whether the request names a user at all.</summary>
    internal bool NamesUser { get; private init; }
}
