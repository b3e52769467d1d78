using Hearth.GrainInterfaces.Serialization;
using Hearth.Model.Categories;
using Orleans.Serialization.Serializers;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="CategoryRow"/> without looking for others that are the same, since there are thousands in a message.</summary>
[RegisterSerializer]
internal sealed class CategoryRowCodec(IValueSerializer<CategoryRowSurrogate> surrogates) : UntrackedCodec<CategoryRow, CategoryRowSurrogate>(surrogates)
{
    protected override CategoryRow ConvertFromSurrogate(in CategoryRowSurrogate surrogate) =>
        new(surrogate.Id, surrogate.ParentId, surrogate.Name, surrogate.Position);

    protected override CategoryRowSurrogate ConvertToSurrogate(CategoryRow value) => new(value.Id, value.ParentId, value.Name, value.Position);
}
