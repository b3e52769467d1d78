namespace Hearth.Silo.Hosting;

/// <summary>Hearth will not start as it is configured. The message tells the operator why and what to change.</summary>
public sealed class StartupException(string message) : Exception(message);
