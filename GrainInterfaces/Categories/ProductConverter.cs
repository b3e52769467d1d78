using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="Product"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ProductConverter : IConverter<Product, ProductSurrogate>
{
    public Product ConvertFromSurrogate(in ProductSurrogate surrogate) => new(surrogate.Id, surrogate.Name, surrogate.CategoryId);

    public ProductSurrogate ConvertToSurrogate(in Product value) => new(value.Id, value.Name, value.CategoryId);
}
