using Hearth.Model.Categories;

namespace Hearth.Storage.Sqlite.Categories;

/// <summary>Takes back a whole import. Never leaves the store.</summary>
internal sealed class ProductImportRefusedException(ImportResult result) : Exception("The import was refused.")
{
    /// <summary>What the caller is told.</summary>
    public ImportResult Result { get; } = result;
}
