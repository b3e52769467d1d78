using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Presence;

/// <summary>What a shard of the directory knows about the users it was asked for.</summary>
/// <param name="Known">States of those it holds, in the order asked; the others are offline, and on record only in the database if at all.</param>
/// <param name="Revision">The shard's last change at the time, which the answer includes with all before it.</param>
[GenerateSerializer, Immutable, Alias("shard-answer")]
public sealed record ShardAnswer([property: Id(0)] ImmutableArray<PresenceState> Known, [property: Id(1)] long Revision);
