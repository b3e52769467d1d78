using System.Text.RegularExpressions;

namespace Hearth.Model.Views.UserAgents;

/// <summary>One alternative of a pattern of <c>crawlers.txt</c>.</summary>
/// <param name="Expression">The regular expression.</param>
/// <param name="IgnoresCase">Whether it matches in any case.</param>
internal sealed partial record CrawlerPattern(string Expression, bool IgnoresCase)
{
    /// <summary>The text that it looks for, where it is nothing else than a text; null otherwise.</summary>
    public string? Literal => Plain().IsMatch(Expression) ? Escape().Replace(Expression, "$1") : null;

    /// <summary>Whether it matches at the beginning alone.</summary>
    public bool IsAnchored => Expression.StartsWith('^');

    /// <summary>Whether it looks around itself, which only a backtracking engine can.</summary>
    public bool LooksAround => Expression.Contains("(?<", StringComparison.Ordinal) || Expression.Contains("(?!", StringComparison.Ordinal)
        || Expression.Contains("(?=", StringComparison.Ordinal);

    /// <summary>A text without which it does not match; empty where none is known.</summary>
    public string Core => OutsideOfGroups().Split('\n').MaxBy(run => run.Length)!;

    public static IEnumerable<CrawlerPattern> Parse(string expression, bool ignoresCase) =>
        Alternatives(expression).Select(alternative => new CrawlerPattern(alternative, ignoresCase));

    [GeneratedRegex(@"^(?:[A-Za-z0-9 _:;,@!""'<>=~#%&/-]|\\[^A-Za-z0-9])+$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\\([^A-Za-z0-9])")]
    private static partial Regex Escape();

    /// <summary>Its texts, each between line feeds; whatever may be absent, or be one of several, is a line feed.</summary>
    private string OutsideOfGroups()
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < Expression.Length; i++)
        {
            var next = Expression[i];
            if (next is '(' or '[')
            {
                i = End(Expression, i);
                text.Append('\n');
            }
            else if (next == '\\')
            {
                var escaped = Expression[++i];
                text.Append(char.IsAsciiLetterOrDigit(escaped) ? '\n' : escaped);
            }
            else if (next is '?' or '*' or '{')
            {
                text.Length--;
                text.Append('\n');
                i = next == '{' ? Expression.IndexOf('}', i) : i;
            }
            else
            {
                text.Append(next is '.' or '^' or '$' or '+' ? '\n' : next);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Alternatives(string expression)
    {
        var first = 0;
        for (var i = 0; i < expression.Length; i++)
        {
            switch (expression[i])
            {
                case '\\':
                    i++;
                    break;
                case '(' or '[':
                    i = End(expression, i);
                    break;
                case '|':
                    yield return expression[first..i];
                    first = i + 1;
                    break;
            }
        }

        yield return expression[first..];
    }

    /// <summary>Where a group or set ends that begins at a place.</summary>
    private static int End(string expression, int start)
    {
        for (var i = start + 1; i < expression.Length; i++)
        {
            if (expression[i] == '\\')
            {
                i++;
            }
            else if (expression[start] == '(' && expression[i] is '(' or '[')
            {
                i = End(expression, i);
            }
            else if (expression[i] == (expression[start] == '(' ? ')' : ']'))
            {
                return i;
            }
        }

        throw new InvalidDataException($"The pattern {expression} does not end.");
    }
}
