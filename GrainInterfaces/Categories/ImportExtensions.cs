namespace Hearth.GrainInterfaces.Categories;

/// <summary>How an import is ended.</summary>
public static class ImportExtensions
{
    /// <summary>Commits all lines and waits for the end, however long that takes.</summary>
    /// <param name="import">The import.</param>
    /// <param name="taken">How many lines were handed over.</param>
    /// <param name="replace">Whether what the file lacks is deleted.</param>
    /// <exception cref="Storage.StoreUnavailableException">The lines were lost, or the table cannot be written.</exception>
    public static async Task<ImportResult> Finish(this IImportGrain import, int taken, bool replace)
    {
        ImportResult result;
        do
        {
            result = await import.Commit(taken, replace);
        }
        while (result.IsUnderWay);
        return result;
    }
}
