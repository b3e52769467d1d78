using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="PageView"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct PageViewSurrogate(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] string Location,
    [property: Id(2)] ulong? Visitor,
    [property: Id(3)] int Count);
