namespace Hearth.GrainInterfaces.Categories;

/// <summary>An import of products. Key: a fresh GUID for each import.</summary>
[Alias("product-import")]
public interface IProductImportGrain : IImportGrain;
