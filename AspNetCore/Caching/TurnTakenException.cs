namespace Hearth.AspNetCore.Caching;

/// <summary>Another process is working the answer out and did not finish in time.</summary>
internal sealed class TurnTakenException() : Exception("Another process is working the answer out.");
