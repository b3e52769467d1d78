using Hearth.Replay.Views;

namespace Hearth.Replay;

/// <summary>What the user asked for, checked.</summary>
internal sealed record ReplayOptions
{
    /// <summary>Paths; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Logs { get; init; }

    public required Uri Server { get; init; }

    public required string? Key { get; init; }

    public required IReadOnlySet<string> Methods { get; init; }

    public required StatusSet Statuses { get; init; }

    public required string? Location { get; init; }

    public required PageIds Pages { get; init; }

    public required int BatchSize { get; init; }

    public required int Concurrency { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required TimeSpan RetryFor { get; init; }

    public required bool IsDryRun { get; init; }
}
