using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Hearth.Model.Views.UserAgents;

/// <summary>
/// Tells bots from browsers by their user agent: crawlers, libraries, monitors, link previewers and headless browsers, by
/// public lists of them (<c>eng/crawlers.sh</c>). Most patterns are plain texts, which one pass finds; the rest is tried only
/// where a text stands that it cannot match without. So the time is linear in the agent's length, whatever it holds.
/// </summary>
public sealed class UserAgentClassifier
{
    /// <summary>What stands behind it is not looked at.</summary>
    private const int MaxLength = 512;
    private const int MaxRemembered = 4096;

    /// <summary>Patterns of the lists that match browsers too: names of apps, devices and plug-ins.</summary>
    private static readonly HashSet<string> Excepted =
    [
        @"\b\w+/1\.0;", "sogou", "Sogou", "catch", @"\|", "24x7", "firephp", "chromeframe", "browsex", "offbyone", "^reed", @"\(\)", @";\s\w+;$",
        @"(?<! channel/|google/)google(?!(?:wv|app|/google| pixel))", @"008\/", "Viber", "Fluid", "MetaIAB Facebook", @"Code\/1\.", @"Trae\/", "Sonic",
    ];

    /// <summary>What stands for some of those.</summary>
    private static readonly string[] Instead = [@"(?<! channel/|google/)google(?!(?:wv|app|tv|/google| pixel))", "catchpoint", "catchbot", "site24x7"];

    /// <summary>What tells that the part of an Android agent that names the device names a bot.</summary>
    private static readonly SearchValues<string> BotsOnDevices = SearchValues.Create(
        ["compatible", "-google", "bot-", "bot/", "bot_", "crawler", "spider/", "+http", "catchpoint"], StringComparison.OrdinalIgnoreCase);

    private readonly SearchValues<string> _texts;
    private readonly SearchValues<string> _exactTexts;
    private readonly SearchValues<string> _cores;
    private readonly Regex[] _anchored;
    private readonly Regex[] _others;
    private readonly ConcurrentDictionary<string, bool> _remembered = new();

    /// <summary>How many agents are remembered, since to count them would lock them all.</summary>
    private int _count;

    /// <summary>Reads the lists.</summary>
    public UserAgentClassifier()
    {
        var patterns = Read().ToLookup(pattern => pattern.Literal is not null);
        var (plain, others) = (patterns[true].ToLookup(pattern => pattern.IgnoresCase, pattern => pattern.Literal!), patterns[false].ToLookup(pattern => pattern.IsAnchored));
        _texts = SearchValues.Create([.. plain[true]], StringComparison.OrdinalIgnoreCase);
        _exactTexts = SearchValues.Create([.. plain[false]], StringComparison.Ordinal);
        _anchored = Combined(others[true], "^");
        _others = Combined(others[false], "");
        _cores = SearchValues.Create([.. others[false].Select(pattern => pattern.Core)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether an agent is a bot's.</summary>
    /// <param name="userAgent">The agent, of any length; an empty one tells nothing, and is none.</param>
    public bool IsBot(string userAgent)
    {
        var key = userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;
        if (_remembered.TryGetValue(key, out var isBot))
        {
            return isBot;
        }

        if (Interlocked.Increment(ref _count) > MaxRemembered)
        {
            _remembered.Clear();
            Volatile.Write(ref _count, 1);
        }

        return _remembered[key] = Matches(WithoutDevice(key));
    }

    /// <summary>Without the part that names an Android device, since devices have names like bots.</summary>
    private static string WithoutDevice(string agent)
    {
        var start = agent.IndexOf("(Linux;", StringComparison.Ordinal);
        var (end, depth) = (start, 0);
        for (; start >= 0 && end < agent.Length; end++)
        {
            depth += agent[end] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                break;
            }
        }

        if (start < 0 || end == agent.Length)
        {
            return agent;
        }

        var device = agent.AsSpan(start, end + 1 - start);
        return device.Contains("Android", StringComparison.Ordinal) && !device.ContainsAny(BotsOnDevices)
            ? string.Concat(agent.AsSpan(0, start), agent.AsSpan(end + 1))
            : agent;
    }

    private bool Matches(string agent) =>
        agent.AsSpan().ContainsAny(_texts) || agent.AsSpan().ContainsAny(_exactTexts) || Array.Exists(_anchored, pattern => pattern.IsMatch(agent))
        || (agent.AsSpan().ContainsAny(_cores) && Array.Exists(_others, pattern => pattern.IsMatch(agent)));

    /// <summary>As few expressions as can be: one that backtracks for those that look around, and one that does not, each in any case and exactly.</summary>
    private static Regex[] Combined(IEnumerable<CrawlerPattern> patterns, string anchor) =>
        [.. patterns.GroupBy(pattern => (pattern.IgnoresCase, pattern.LooksAround)).Select(alike => new Regex(
            $"{anchor}(?:{string.Join('|', alike.Select(pattern => pattern.Expression[anchor.Length..]))})",
            RegexOptions.CultureInvariant | (alike.Key.IgnoresCase ? RegexOptions.IgnoreCase : 0) | (alike.Key.LooksAround ? 0 : RegexOptions.NonBacktracking)))];

    private static IEnumerable<CrawlerPattern> Read()
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("crawlers.txt")!);
        var lines = text.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2);
        return lines.Where(parts => !Excepted.Contains(parts[1])).SelectMany(parts => CrawlerPattern.Parse(parts[1], ignoresCase: parts[0] == "any"))
            .Concat(Instead.Select(pattern => new CrawlerPattern(pattern, IgnoresCase: true)));
    }
}
