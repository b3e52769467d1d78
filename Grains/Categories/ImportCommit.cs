using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>
/// Runs the commit of an import once, beside its grain's turns: at a million rows it computes for seconds. Whoever asks for
/// it is answered soon, with the result or with the word that there is none yet.
/// </summary>
internal sealed class ImportCommit(TimeProvider time)
{
    /// <summary>Well within the response timeout.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Task<ImportResult>? _running;

    public bool HasEnded => _running is { IsCompleted: true };

    public async ValueTask<ImportResult> Wait(Func<Task<ImportResult>> commit)
    {
        _running ??= Task.Run(commit);
        await Task.WhenAny(_running, Task.Delay(Patience, time));
        return _running.IsCompleted ? await _running : ImportResult.UnderWay;
    }
}
