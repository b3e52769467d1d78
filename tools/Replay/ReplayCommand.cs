using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Hearth.Replay.Output;
using Hearth.Replay.Views;
using Spectre.Console;

namespace Hearth.Replay;

/// <summary>The command line: what may be asked for, and what is wrong with what was.</summary>
internal sealed class ReplayCommand
{
    private const string StandardInput = "-";
    private const string KeyVariable = "HEARTH_KEY";

    private const string Description =
        """
        Replays web access logs into Hearth: each request in them becomes a view of its page.

          Logs are in the common or combined format of Apache and nginx, with a virtual host in front or without,
          compressed with gzip, bzip2 or zstd or not. The page is the request's path without its query, decoded as the
          web server decodes it (/caf%C3%A9 is /café; %2F stays), the visitor is the client's address and user
          agent, and the view counts at the time in the log. A last line without its end of line counts once
          it is whole.

          Running it again counts nothing twice, for each line has an event id made from its text: repeat a run that
          was cut short, or replay a log that has grown. The server remembers event ids for 24 hours (its setting
          Views:EventIdWindow); after that, a line replayed again counts again.

          Exit codes: 0 all is counted, 1 something could not be read or sent, 2 wrong usage, 130 interrupted.
        """;

    private readonly Argument<string[]> _logs = new("log")
    {
        Description = "Access logs, in any order. - or none is standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _url = TextOption(
        "--url", "address", "http://localhost:5080", "The Hearth server.");

    private readonly Option<string> _key = new("--key")
    {
        HelpName = "key",
        Description = $"A key of the server's, of any scope. Other users of this machine cannot see it in the variable {KeyVariable}.",
    };

    private readonly Option<string> _methods = TextOption(
        "--methods", "list", "GET", "Methods that count as views, with commas between them.");

    private readonly Option<string> _status = TextOption(
        "--status", "list", "2xx,304", "Status codes, and classes of them, that count as views.");

    private readonly Option<string> _location = new("--location")
    {
        HelpName = "name",
        Description = "Counts all views under this location: 1 to 32 of A-Z a-z 0-9 - _",
    };

    private readonly Option<bool> _raw = new("--raw") { Description = "Takes paths as they were sent, byte for byte, without decoding them." };

    private readonly Option<bool> _withHost = new("--with-host")
    {
        Description = "Puts the virtual host in front of the path (shop.example.com/vh), where the log has it; otherwise hosts share their pages.",
    };

    private readonly Option<bool> _trimSlash = new("--trim-slash") { Description = "Counts /a/ as /a." };

    private readonly Option<bool> _ignoreCase = new("--ignore-case") { Description = "Counts /A as /a." };

    private readonly Option<int> _batch = NumberOption(
        "--batch", "views", 500, max: 1000, "Views in one request, 1 to 1000.");

    private readonly Option<int> _concurrency = NumberOption(
        "--concurrency", "requests", 4, max: 64, "Requests at the same time, 1 to 64.");

    private readonly Option<string> _timeout = TextOption(
        "--timeout", "duration", "30s", "How long to wait for one answer.");

    private readonly Option<string> _retryFor = TextOption(
        "--retry-for", "duration", "2m", "How long to try again while the server is down or overloaded, such as 90s, 2m, 1h.");

    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Reads, shows the first views and the sums, and posts nothing." };

    private readonly Terminal _terminal;

    private ReplayCommand(Terminal terminal)
    {
        _terminal = terminal;
        Require(_url, text => TryParseServer(text, out _), "must be an http or https address");
        Require(_methods, text => SplitList(text) is not [], "must name a method");
        Require(_status, text => StatusSet.TryParse(SplitList(text), out _), "must list codes such as 304 and classes such as 2xx");
        Require(_location, IsLocation, "must be 1 to 32 of A-Z a-z 0-9 - _");
        Require(_timeout, text => Duration.TryParse(text, out var duration) && duration > TimeSpan.Zero, "must be a duration such as 30s");
        Require(_retryFor, text => Duration.TryParse(text, out _), "must be a duration such as 90s, 2m or 1h");
    }

    public static async Task<int> Run(string[] args, Terminal terminal, TimeProvider time, CancellationToken cancellation = default)
    {
        var command = new ReplayCommand(terminal);
        var parsed = command.Root(time).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Error.WriteLine($"error: {error.Message}");
            }

            terminal.Error.WriteLine("See --help.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Out }, cancellation);
    }

    private RootCommand Root(TimeProvider time)
    {
        var root = new RootCommand(Description)
        {
            _logs, _url, _key, _methods, _status, _location, _raw, _withHost, _trimSlash, _ignoreCase, _batch, _concurrency, _timeout, _retryFor, _dryRun,
        };
        root.Validators.Add(Validate);
        root.SetAction((parsed, cancellation) => new ReplayRun(Options(parsed), _terminal, time).Execute(cancellation));
        return root;
    }

    private void Validate(CommandResult result)
    {
        var logs = result.GetValue(_logs) ?? [];
        if (logs.Length == 0 && !_terminal.IsInputRedirected)
        {
            result.AddError("Name an access log, or redirect standard input.");
        }

        if (logs.Count(log => log == StandardInput) > 1)
        {
            result.AddError("Standard input (-) can be read once only.");
        }

        if (logs.FirstOrDefault(log => log.StartsWith('-') && log != StandardInput) is { } unknown)
        {
            result.AddError($"There is no option {unknown}. A log of this name is ./{unknown}.");
        }

        if (Key(result.GetValue(_key)) is { } key && !IsKey(key))
        {
            result.AddError($"--key, or {KeyVariable}, must be printable ASCII without spaces.");
        }
    }

    private ReplayOptions Options(ParseResult parsed)
    {
        _ = TryParseServer(parsed.GetValue(_url)!, out var server);
        _ = StatusSet.TryParse(SplitList(parsed.GetValue(_status)!), out var statuses);
        _ = Duration.TryParse(parsed.GetValue(_timeout)!, out var timeout);
        _ = Duration.TryParse(parsed.GetValue(_retryFor)!, out var retryFor);
        return new ReplayOptions
        {
            Logs = parsed.GetValue(_logs) is { Length: > 0 } logs ? logs : [StandardInput],
            Server = server,
            Key = Key(parsed.GetValue(_key)),
            Methods = SplitList(parsed.GetValue(_methods)!).Select(method => method.ToUpperInvariant()).ToHashSet(),
            Statuses = statuses,
            Location = parsed.GetValue(_location),
            Pages = new PageIds(parsed.GetValue(_raw), parsed.GetValue(_withHost), parsed.GetValue(_trimSlash), parsed.GetValue(_ignoreCase)),
            BatchSize = parsed.GetValue(_batch),
            Concurrency = parsed.GetValue(_concurrency),
            Timeout = timeout,
            RetryFor = retryFor,
            IsDryRun = parsed.GetValue(_dryRun),
        };
    }

    private static Option<string> TextOption(string name, string value, string standard, string description) =>
        new(name) { HelpName = value, Description = description, DefaultValueFactory = _ => standard };

    private static Option<int> NumberOption(string name, string value, int standard, int max, string description) =>
        new(name)
        {
            HelpName = value,
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > max)
                {
                    result.AddError($"{name} must be 1 to {max}, and is '{text}'.");
                }

                return number;
            },
        };

    private static void Require(Option<string> option, Func<string, bool> isValid, string rule) =>
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValue(option) is { } value && !isValid(value))
            {
                result.AddError($"{option.Name} {rule}, and is '{value}'.");
            }
        });

    private static string[] SplitList(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryParseServer(string text, out Uri server) =>
        Uri.TryCreate(text, UriKind.Absolute, out server!) && server.Scheme is "http" or "https" && server is { Query: "", Fragment: "" };

    private static string? Key(string? option) =>
        option ?? (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null);

    private static bool IsKey(string key) => key.Length > 0 && key.All(character => character is > ' ' and < '\x7f');

    private static bool IsLocation(string name) =>
        name is { Length: >= 1 and <= 32 } && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
