using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="PageCount"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct PageCountSurrogate(
    [property: Id(0)] string Page,
    [property: Id(1)] long Views,
    [property: Id(2)] long Visitors);
