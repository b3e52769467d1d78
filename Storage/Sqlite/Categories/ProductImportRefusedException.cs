namespace Hearth.Storage.Sqlite.Categories;

/// <summary>Takes back a whole import for one line. Never leaves the store.</summary>
internal sealed class ProductImportRefusedException(int line, string reason) : Exception(reason)
{
    public int Line { get; } = line;
}
