namespace Hearth.GrainInterfaces.Categories;

/// <summary>Why an import was refused.</summary>
/// <param name="Line">The line at fault, from 1.</param>
/// <param name="Reason">What is wrong with it, for the caller to read.</param>
[GenerateSerializer, Immutable, Alias("import-fault")]
public sealed record ImportFault([property: Id(0)] int Line, [property: Id(1)] string Reason);
