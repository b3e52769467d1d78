using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="ViewSlice"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ViewSliceConverter : IConverter<ViewSlice, ViewSliceSurrogate>
{
    public ViewSlice ConvertFromSurrogate(in ViewSliceSurrogate surrogate) => new(surrogate.Dimension, surrogate.Traffic, surrogate.Value);

    public ViewSliceSurrogate ConvertToSurrogate(in ViewSlice value) => new(value.Dimension, value.Traffic, value.Value);
}
