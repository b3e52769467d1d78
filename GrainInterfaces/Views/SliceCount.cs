namespace Hearth.GrainInterfaces.Views;

/// <summary>The counts of one value of a dimension over some days.</summary>
/// <param name="Value">The value; empty for views that named none.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">Distinct visitors over the days where their sketches are kept, else the sum of each day's.</param>
[GenerateSerializer, Immutable, Alias("slice-count")]
public readonly record struct SliceCount([property: Id(0)] string Value, [property: Id(1)] long Views, [property: Id(2)] long Visitors);
