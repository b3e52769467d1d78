using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="DayCount"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct DayCountSurrogate(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] long Views,
    [property: Id(2)] long Visitors);
