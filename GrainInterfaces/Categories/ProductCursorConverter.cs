using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="ProductCursor"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ProductCursorConverter : IConverter<ProductCursor, ProductCursorSurrogate>
{
    public ProductCursor ConvertFromSurrogate(in ProductCursorSurrogate surrogate) => new(surrogate.Name, surrogate.Id);

    public ProductCursorSurrogate ConvertToSurrogate(in ProductCursor value) => new(value.Name, value.Id);
}
