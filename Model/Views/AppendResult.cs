using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>What came of an append.</summary>
/// <param name="Full">The partition is full; nothing was appended.</param>
/// <param name="Duplicates">The indexes of the views that were left out because their event id was seen before, ascending.</param>
public readonly record struct AppendResult(bool Full, ImmutableArray<int> Duplicates)
{
    /// <summary>The partition is full; nothing was appended.</summary>
    public static AppendResult LogFull { get; } = new(Full: true, []);
}
