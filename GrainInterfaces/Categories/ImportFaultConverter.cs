using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Serializes a <see cref="ImportFault"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class ImportFaultConverter : IConverter<ImportFault, ImportFaultSurrogate>
{
    public ImportFault ConvertFromSurrogate(in ImportFaultSurrogate surrogate) => new(surrogate.Line, surrogate.Reason);

    public ImportFaultSurrogate ConvertToSurrogate(in ImportFault value) => new(value.Line, value.Reason);
}
