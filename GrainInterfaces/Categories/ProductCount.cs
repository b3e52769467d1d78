namespace Hearth.GrainInterfaces.Categories;

/// <summary>How many products a subtree has.</summary>
/// <param name="Products">How many.</param>
/// <param name="Version">The version of the tree whose subtree was counted.</param>
[GenerateSerializer, Immutable, Alias("product-count")]
public sealed record ProductCount([property: Id(0)] long Products, [property: Id(1)] long Version);
