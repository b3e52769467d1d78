using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="PageCount"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class PageCountConverter : IConverter<PageCount, PageCountSurrogate>
{
    public PageCount ConvertFromSurrogate(in PageCountSurrogate surrogate) => new(surrogate.Page, surrogate.Views, surrogate.Visitors);

    public PageCountSurrogate ConvertToSurrogate(in PageCount value) => new(value.Page, value.Views, value.Visitors);
}
