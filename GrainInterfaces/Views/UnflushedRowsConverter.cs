using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Serializes a <see cref="UnflushedRows"/>, which knows nothing of Orleans.</summary>
[RegisterConverter]
internal sealed class UnflushedRowsConverter : IConverter<UnflushedRows, UnflushedRowsSurrogate>
{
    public UnflushedRows ConvertFromSurrogate(in UnflushedRowsSurrogate surrogate) => new(surrogate.Rows, surrogate.Days);

    public UnflushedRowsSurrogate ConvertToSurrogate(in UnflushedRows value) => new(value.Rows, value.Days);
}
