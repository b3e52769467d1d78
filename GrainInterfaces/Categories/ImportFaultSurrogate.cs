using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="ImportFault"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ImportFaultSurrogate([property: Id(0)] int Line, [property: Id(1)] string Reason);
