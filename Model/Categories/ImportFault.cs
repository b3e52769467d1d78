namespace Hearth.Model.Categories;

/// <summary>Why an import was refused.</summary>
/// <param name="Line">The line at fault, from 1.</param>
/// <param name="Reason">What is wrong with it, for the caller to read.</param>
public sealed record ImportFault(int Line, string Reason);
