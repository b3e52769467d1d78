using Hearth.GrainInterfaces.Serialization;
using Hearth.Model.Categories;
using Orleans.Serialization.Serializers;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="ImportLine"/> without looking for others that are the same, since there are thousands in a message.</summary>
[RegisterSerializer]
internal sealed class ImportLineCodec(IValueSerializer<ImportLineSurrogate> surrogates) : UntrackedCodec<ImportLine, ImportLineSurrogate>(surrogates)
{
    protected override ImportLine ConvertFromSurrogate(in ImportLineSurrogate surrogate) =>
        new(surrogate.Number, surrogate.Id, surrogate.Above, surrogate.Name);

    protected override ImportLineSurrogate ConvertToSurrogate(ImportLine value) => new(value.Number, value.Id, value.Above, value.Name);
}
