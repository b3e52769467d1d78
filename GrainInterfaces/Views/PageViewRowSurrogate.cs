using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="PageViewRow"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct PageViewRowSurrogate(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] string Value,
    [property: Id(2)] long Views,
    [property: Id(3)] long Visitors,
    [property: Id(4)] byte[] Sketch,
    [property: Id(5)] ViewDimension Dimension,
    [property: Id(6)] Traffic Traffic);
