using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>Stores a sketch as its own compact bytes.</summary>
[RegisterConverter]
internal sealed class VisitorSketchConverter : IConverter<VisitorSketch, VisitorSketchBytes>
{
    public VisitorSketch ConvertFromSurrogate(in VisitorSketchBytes surrogate) => VisitorSketch.FromBytes(surrogate.Bytes);

    public VisitorSketchBytes ConvertToSurrogate(in VisitorSketch value) => new(value.ToBytes());
}
