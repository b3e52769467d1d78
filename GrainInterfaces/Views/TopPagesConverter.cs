using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="TopPages"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class TopPagesConverter : IConverter<TopPages, TopPagesSurrogate>
{
    public TopPages ConvertFromSurrogate(in TopPagesSurrogate surrogate) => new(surrogate.AsOf, surrogate.Pages);

    public TopPagesSurrogate ConvertToSurrogate(in TopPages value) => new(value.AsOf, value.Pages);
}
