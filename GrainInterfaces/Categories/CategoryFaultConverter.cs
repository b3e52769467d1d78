using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="CategoryFault"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class CategoryFaultConverter : IConverter<CategoryFault, CategoryFaultSurrogate>
{
    public CategoryFault ConvertFromSurrogate(in CategoryFaultSurrogate surrogate) => new(surrogate.Row, surrogate.Problem);

    public CategoryFaultSurrogate ConvertToSurrogate(in CategoryFault value) => new(value.Row, value.Problem);
}
