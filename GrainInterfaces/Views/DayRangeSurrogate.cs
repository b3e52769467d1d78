using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="DayRange"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct DayRangeSurrogate([property: Id(0)] DateOnly First, [property: Id(1)] DateOnly Last);
