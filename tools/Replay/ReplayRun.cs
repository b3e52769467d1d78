using Hearth.Replay.Logs;
using Hearth.Replay.Output;
using Hearth.Replay.Views;
using Spectre.Console;

namespace Hearth.Replay;

/// <summary>One run: opens the logs, replays them while the progress shows, and tells the outcome.</summary>
internal sealed class ReplayRun(ReplayOptions options, Terminal terminal, TimeProvider time)
{
    private const string RunAgain = "Run the same command again to send the rest; nothing counts twice.";

    private readonly Tally _tally = new();

    public async Task<int> Execute(CancellationToken cancellation)
    {
        if (!TryOpenLogs(out var opened))
        {
            return ExitCode.Usage;
        }

        await using var logs = new MergedLogs(opened);
        using var http = ViewsEndpoint.CreateClient(options.Concurrency);
        var start = time.GetTimestamp();
        var replay = CreateReplayer(http).Run(logs, cancellation);
        await new ProgressDisplay(terminal.Error, logs, _tally, time).ShowUntilEnd(replay);
        var exitCode = await Outcome(replay, logs);
        Summary.Write(terminal.Out, _tally, logs.Count, time.GetElapsedTime(start), options.IsDryRun);
        return exitCode;
    }

    private Replayer CreateReplayer(HttpClient http)
    {
        var filter = new ViewFilter(options.Methods, options.Statuses, options.Location, options.Pages, time);
        var endpoint = new ViewsEndpoint(http, options.Server, options.Key, options.Timeout, time);
        IViewSink sink = options.IsDryRun
            ? new DryRun(terminal.Out)
            : new ViewSender(endpoint, options.RetryFor, time, terminal.Error.WriteLine);
        return new Replayer(filter, sink, options.BatchSize, options.Concurrency, _tally, time);
    }

    private async Task<int> Outcome(Task<string?> replay, MergedLogs logs)
    {
        try
        {
            var failures = logs.Failures.ToList();
            if (await replay is { } failure)
            {
                failures.Add($"{failure}\n{RunAgain}");
            }

            if (_tally.Read > 0 && _tally.SkippedFor(SkipReason.Malformed) + _tally.SkippedFor(SkipReason.Unfinished) == _tally.Read)
            {
                failures.Add("Not one line is in the common or combined format, with or without a virtual host in front: are these access logs?");
            }

            failures.ForEach(WriteError);
            return failures.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            WriteError($"Interrupted.\n{RunAgain}");
            return ExitCode.Interrupted;
        }
    }

    private bool TryOpenLogs(out List<LogFile> opened)
    {
        opened = [];
        foreach (var path in options.Logs)
        {
            try
            {
                opened.Add(path == "-" ? LogFile.OfStandardInput(terminal.Input) : LogFile.Open(path));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                WriteError($"{path} cannot be read: {exception.Message}");
                return false;
            }
        }

        return true;
    }

    private void WriteError(string message) => terminal.Error.WriteLine($"error: {message}");
}
