namespace Hearth.AspNetCore.Views;

/// <summary>Why a view that was well formed is refused.</summary>
internal enum ViewRefusal
{
    /// <summary>Every partition of the log is full, because readers are behind.</summary>
    LogFull,

    /// <summary>Too many views wait for the log in this process.</summary>
    QueueFull,

    /// <summary>The log cannot be written.</summary>
    LogUnavailable,
}
