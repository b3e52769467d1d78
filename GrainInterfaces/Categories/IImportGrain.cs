using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// One import under way: gathers the lines of a file, which a front end reads in a stream, and commits them in one
/// transaction. Key: a fresh GUID for each import. Nothing is durable before <see cref="Commit"/> returns; an import
/// whose activation is lost is lost whole.
/// </summary>
public interface IImportGrain : IGrainWithGuidKey
{
    /// <summary>How many lines a call may carry, which bounds a message to some 10 MB.</summary>
    const int MaxLines = 2_000;

    /// <summary>Takes the next lines.</summary>
    /// <param name="taken">How many lines the caller has handed over before these.</param>
    /// <param name="lines">The lines, in the order of the file.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The lines before these were lost with their activation.</exception>
    [Alias("add")] ValueTask Add(int taken, ImmutableArray<ImportLine> lines);

    /// <summary>
    /// Commits all lines, or refuses them all for one that is at fault. Answers within seconds: while the commit is still
    /// under way it says so, and is to be asked again (<see cref="ImportExtensions.Finish"/>), so that a caller learns soon of
    /// a silo's death. (<see cref="Replace"/> too.)
    /// </summary>
    /// <param name="taken">How many lines the caller has handed over.</param>
    /// <param name="replace">Whether what the file lacks is deleted, with nothing confirmed.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The lines were lost, or the table cannot be written.</exception>
    [Alias("commit")] ValueTask<ImportResult> Commit(int taken, bool replace);

    /// <summary>As <see cref="Commit"/>, and deletes what the file lacks, unless <see cref="ImportMode.Refuses"/> says no.</summary>
    /// <param name="taken">How many lines the caller has handed over.</param>
    /// <param name="confirmed">How many rows the caller has said are there before; null where they have not.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The lines were lost, or the table cannot be written.</exception>
    [Alias("replace")] ValueTask<ImportResult> Replace(int taken, int? confirmed);
}
