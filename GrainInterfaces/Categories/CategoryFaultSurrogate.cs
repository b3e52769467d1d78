using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="CategoryFault"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct CategoryFaultSurrogate([property: Id(0)] CategoryRow Row, [property: Id(1)] string Problem);
