using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>
/// A <see cref="PageView"/> as it is sent and stored. Silos of the release before send the first four members alone: a
/// person's view in the first hour of its day.
/// </summary>
[GenerateSerializer, Immutable]
internal readonly record struct PageViewSurrogate(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] string Location,
    [property: Id(2)] ulong? Visitor,
    [property: Id(3)] int Count,
    [property: Id(4)] int? Hour,
    [property: Id(5)] Traffic Traffic,
    [property: Id(6)] string? Referrer,
    [property: Id(7)] string? Campaign);
