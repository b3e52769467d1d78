using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="ProductQuery"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ProductQueryConverter : IConverter<ProductQuery, ProductQuerySurrogate>
{
    public ProductQuery ConvertFromSurrogate(in ProductQuerySurrogate surrogate) =>
        new(surrogate.Categories, surrogate.Sort, surrogate.After, surrogate.Limit, surrogate.Walk);

    public ProductQuerySurrogate ConvertToSurrogate(in ProductQuery value) =>
        new(value.Categories, value.Sort, value.After, value.Limit, value.Walk);
}
