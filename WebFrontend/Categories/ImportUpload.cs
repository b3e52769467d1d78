using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hearth.WebFrontend.Categories;

/// <summary>Hands a file over to an import grain while it is being read.</summary>
internal static class ImportUpload
{
    private const string DatabasePart = "database";
    private const long MaxBytes = 256L << 20;

    public static IAsyncEnumerable<(int, string)> Lines(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        return LineReader.Read(context.Request.BodyReader, context.RequestAborted);
    }

    /// <exception cref="StoreUnavailableException">
    /// The database does not answer while the import is being committed, which may be done all the same.
    /// </exception>
    public static async Task<ImportResult> Send(IImportGrain import, IAsyncEnumerable<ImportLine> lines, ImportMode mode, HealthCheckService checks)
    {
        var taken = 0;
        await foreach (var chunk in lines.Chunk(IImportGrain.MaxLines))
        {
            await import.Add(taken, [.. chunk]);
            taken += chunk.Length;
        }

        if (taken == 0)
        {
            throw new InvalidRequestException("body", "The file has no row, only a header or comments at most. Nothing was changed.");
        }

        var result = await import.Finish(taken, mode, () => ThrowIfDatabaseIsAway(checks));
        return result.Present is null && result.Fault is { } fault ? throw ImportFile.Fault(fault.Line, fault.Reason) : result;
    }

    /// <summary>What <c>replace</c> and <c>confirm</c> of a request ask for.</summary>
    public static ImportMode Mode(bool? replace, int? confirm) => confirm switch
    {
        null => new ImportMode(replace ?? false),
        _ when replace is not true => throw new InvalidRequestException("confirm", "Goes with replace=true."),
        _ => new ImportMode(Replaces: true, confirm),
    };

    /// <summary>409, naming the number that confirms.</summary>
    public static ProblemHttpResult Unconfirmed(string what, ImportResult result, int present) => Problem.Conflict(
        $"{result.Fault!.Reason} To delete these {what}, repeat with confirm={present}. Nothing was changed.");

    /// <summary>A commit of a million rows is waited for as long as it takes, a database that has stopped is not.</summary>
    private static async Task ThrowIfDatabaseIsAway(HealthCheckService checks)
    {
        var report = await checks.CheckHealthAsync(check => check.Name == DatabasePart);
        if (report.Status != HealthStatus.Healthy)
        {
            throw new StoreUnavailableException(report.Entries[DatabasePart].Description ?? "The database does not answer.");
        }
    }
}
