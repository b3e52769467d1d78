namespace Hearth.WebFrontend.Categories;

/// <summary>The cells of a line of tab-separated values.</summary>
internal static class TsvLine
{
    private const char Quote = '"';
    private const char Tab = '\t';

    /// <summary>
    /// Splits at tabs. A cell that is wholly in quotes is taken as spreadsheets write it: without them, a doubled quote for one,
    /// a tab within for itself (RFC 4180, section 2). Any other quote stands for itself.
    /// </summary>
    public static string[] Cells(string line)
    {
        if (!line.Contains(Quote))
        {
            return line.Split(Tab);
        }

        var cells = new List<string>();
        for (var start = 0; start <= line.Length;)
        {
            var end = ClosingQuote(line, start) is { } closing ? closing + 1 : line.IndexOf(Tab, start);
            end = end < 0 ? line.Length : end;
            var cell = line[start..end];
            cells.Add(cell is [Quote, .. var quoted, Quote] ? quoted.Replace("\"\"", "\"", StringComparison.Ordinal) : cell);
            start = end + 1;
        }

        return [.. cells];
    }

    /// <summary>Where the quoted cell that begins here ends; null where none does, or more stands behind its end.</summary>
    private static int? ClosingQuote(string line, int start)
    {
        if (start >= line.Length || line[start] != Quote)
        {
            return null;
        }

        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] != Quote)
            {
                continue;
            }

            if (i + 1 == line.Length || line[i + 1] == Tab)
            {
                return i;
            }

            if (line[i + 1] != Quote)
            {
                return null;
            }

            i++;
        }

        return null;
    }
}
