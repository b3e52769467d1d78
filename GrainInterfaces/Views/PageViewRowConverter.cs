using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="PageViewRow"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class PageViewRowConverter : IConverter<PageViewRow, PageViewRowSurrogate>
{
    public PageViewRow ConvertFromSurrogate(in PageViewRowSurrogate surrogate) => new(
        surrogate.Day, new ViewSlice(surrogate.Dimension, surrogate.Traffic, surrogate.Value), surrogate.Views, surrogate.Visitors, surrogate.Sketch);

    public PageViewRowSurrogate ConvertToSurrogate(in PageViewRow value) => new(
        value.Day, value.Slice.Value, value.Views, value.Visitors, value.Sketch, value.Slice.Dimension, value.Slice.Traffic);
}
