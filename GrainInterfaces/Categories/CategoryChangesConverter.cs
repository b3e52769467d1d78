using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="CategoryChanges"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class CategoryChangesConverter : IConverter<CategoryChanges, CategoryChangesSurrogate>
{
    public CategoryChanges ConvertFromSurrogate(in CategoryChangesSurrogate surrogate) => new(surrogate.Rows, surrogate.Removed);

    public CategoryChangesSurrogate ConvertToSurrogate(in CategoryChanges value) => new(value.Rows, value.Removed);
}
