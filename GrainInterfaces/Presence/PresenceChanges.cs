using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>Changes of a shard, or all that it holds where the changes since the cursor are not at hand.</summary>
/// <param name="Cursor">Where to go on.</param>
/// <param name="IsSnapshot">True: <paramref name="States"/> is every user held, and all others are offline.</param>
/// <param name="States">In order of revision for changes.</param>
[GenerateSerializer, Immutable, Alias("presence-changes")]
public sealed record PresenceChanges(
    [property: Id(0)] ChangeCursor Cursor,
    [property: Id(1)] bool IsSnapshot,
    [property: Id(2)] ImmutableArray<PresenceState> States);
