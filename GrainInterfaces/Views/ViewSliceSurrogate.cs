using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A <see cref="ViewSlice"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ViewSliceSurrogate(
    [property: Id(0)] ViewDimension Dimension,
    [property: Id(1)] Traffic Traffic,
    [property: Id(2)] string Value);
