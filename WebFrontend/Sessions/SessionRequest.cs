namespace Hearth.WebFrontend.Sessions;

/// <summary>What a session begins with. Everything is optional.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Data">Any JSON by key.</param>
/// <param name="IdleTimeout">Seconds it lives after each use; <c>Sessions:IdleTimeout</c> where absent.</param>
/// <param name="AbsoluteTimeout">Seconds it lives at most; unbounded where absent.</param>
internal sealed record SessionRequest(
    string? User = null, Dictionary<string, SessionValue>? Data = null, double? IdleTimeout = null, double? AbsoluteTimeout = null);
