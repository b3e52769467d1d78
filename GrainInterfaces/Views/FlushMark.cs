namespace Hearth.GrainInterfaces.Views;

/// <summary>Says how far the database is with one row.</summary>
/// <param name="Day">The row's day.</param>
/// <param name="Location">The row's location.</param>
/// <param name="Views">The views that the database has.</param>
[GenerateSerializer, Immutable, Alias("flush-mark")]
public readonly record struct FlushMark([property: Id(0)] DateOnly Day, [property: Id(1)] string Location, [property: Id(2)] long Views);
