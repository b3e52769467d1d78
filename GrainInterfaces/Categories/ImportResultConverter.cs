using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="ImportResult"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ImportResultConverter : IConverter<ImportResult, ImportResultSurrogate>
{
    public ImportResult ConvertFromSurrogate(in ImportResultSurrogate surrogate) =>
        new(surrogate.Created, surrogate.Updated, surrogate.Deleted, surrogate.Version, surrogate.Fault, surrogate.IsUnderWay, surrogate.Present);

    public ImportResultSurrogate ConvertToSurrogate(in ImportResult value) =>
        new(value.Created, value.Updated, value.Deleted, value.Version, value.Fault, value.IsUnderWay, value.Present);
}
