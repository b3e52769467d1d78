using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="ImportResult"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ImportResultSurrogate(
    [property: Id(0)] int Created,
    [property: Id(1)] int Updated,
    [property: Id(2)] int Deleted,
    [property: Id(3)] long Version,
    [property: Id(4)] ImportFault? Fault,
    [property: Id(5)] bool IsUnderWay,
    [property: Id(6)] int? Present);
