using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>The serialized form of a <see cref="VisitorSketch"/>.</summary>
[GenerateSerializer, Immutable, Alias("visitor-sketch")]
internal readonly record struct VisitorSketchBytes([property: Id(0)] byte[] Bytes);
