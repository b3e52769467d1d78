using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>How an import is ended.</summary>
public static class ImportExtensions
{
    /// <summary>Commits all lines and waits for the end, however long that takes.</summary>
    /// <param name="import">The import.</param>
    /// <param name="taken">How many lines were handed over.</param>
    /// <param name="mode">What becomes of rows that the file lacks.</param>
    /// <param name="underWay">Called each time that the commit is still under way; what it throws ends the waiting.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The lines were lost, or the table cannot be written.</exception>
    public static async Task<ImportResult> Finish(this IImportGrain import, int taken, ImportMode mode, Func<Task>? underWay = null)
    {
        while (true)
        {
            var result = mode.Replaces ? await import.Replace(taken, mode.Confirmed) : await import.Commit(taken, replace: false);
            if (!result.IsUnderWay)
            {
                return result;
            }

            await (underWay?.Invoke() ?? Task.CompletedTask);
        }
    }
}
