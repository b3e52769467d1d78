using System.Globalization;
using System.Text;

namespace Hearth.WebFrontend.Pages;

/// <summary>Comma-separated values (RFC 4180), for downloads.</summary>
internal static class Csv
{
    /// <param name="name">The file's name, without its ending.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The rows; texts and numbers.</param>
    public static IResult File(string name, string[] header, IEnumerable<object[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
        {
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", name + ".csv");
    }

    private static string Field(object value) => value switch
    {
        string text => Text(text),
        DateOnly day => Figure.Day(day),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Text(value.ToString()!),
    };

    /// <summary>An id is the caller's own text: what a spreadsheet would take for a formula is given an apostrophe.</summary>
    private static string Text(string text)
    {
        var shown = text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text;
        return shown.AsSpan().ContainsAny(",\"\r\n") ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown;
    }
}
