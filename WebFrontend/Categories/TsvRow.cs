using System.Text;

namespace Hearth.WebFrontend.Categories;

/// <summary>
/// A row of tab-separated values with quoted cells, as spreadsheets write them: a cell that begins with a quotation mark ends
/// with one; in it a quotation mark stands doubled, and tabs and line breaks are text (RFC 4180, section 2, with tabs).
/// </summary>
internal sealed class TsvRow
{
    private const char Quote = '"';
    private const char Tab = '\t';
    private const int MaxLength = 16 * 1024;

    private readonly int _number;
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private string _lineBreak = "";
    private bool _isOpen;

    private TsvRow(int number) => _number = number;

    /// <summary>Reads the rows of a file; each is named by the line that it begins with.</summary>
    public static async IAsyncEnumerable<(int Number, string[] Cells)> Read(IAsyncEnumerable<(int Number, string Text)> lines)
    {
        TsvRow? open = null;
        var end = new BlankEnd();
        await foreach (var (number, text) in lines)
        {
            if (open is null && end.Skips(number, text))
            {
                continue;
            }

            if (open is null && !text.Contains(Quote))
            {
                yield return (number, WithoutReturn(text).Split(Tab));
                continue;
            }

            open ??= new TsvRow(number);
            if (open.Take(text))
            {
                yield return (open._number, [.. open._cells]);
                open = null;
            }
        }

        if (open is not null)
        {
            throw open.Unclosed();
        }
    }

    /// <summary>A line without the CR of its CRLF.</summary>
    public static string WithoutReturn(string line) => line.EndsWith('\r') ? line[..^1] : line;

    /// <summary>Takes the row's next line, which may end in CR; returns whether the row ends with it.</summary>
    /// <exception cref="Requests.InvalidRequestException">Something follows a cell's closing quotation mark, or there is none.</exception>
    private bool Take(string line)
    {
        _cell.Append(_isOpen ? _lineBreak : "");
        _lineBreak = line.EndsWith('\r') ? "\r\n" : "\n";
        line = WithoutReturn(line);
        for (var at = 0; at <= line.Length;)
        {
            at = _isOpen ? TakeQuoted(line, at) : at < line.Length && line[at] == Quote ? Open(at) : TakePlain(line, at);
        }

        return !_isOpen || (_cell.Length > MaxLength ? throw Unclosed() : false);
    }

    private Requests.InvalidRequestException Unclosed() =>
        ImportFile.Fault(_number, "A cell begins with a quotation mark and has none that closes it.");

    private int Open(int at)
    {
        _isOpen = true;
        return at + 1;
    }

    private int TakePlain(string line, int at)
    {
        var tab = line.IndexOf(Tab, at);
        var end = tab < 0 ? line.Length : tab;
        _cells.Add(line[at..end]);
        return end + 1;
    }

    /// <summary>Takes text up to the next quotation mark, and says where to go on.</summary>
    private int TakeQuoted(string line, int at)
    {
        var quote = line.IndexOf(Quote, at);
        if (quote < 0)
        {
            _cell.Append(line, at, line.Length - at);
            return line.Length + 1;
        }

        _cell.Append(line, at, quote - at);
        if (quote + 1 < line.Length && line[quote + 1] == Quote)
        {
            _cell.Append(Quote);
            return quote + 2;
        }

        if (quote + 1 < line.Length && line[quote + 1] != Tab)
        {
            throw ImportFile.Fault(_number, "A cell that begins with a quotation mark ends with one; within it each stands doubled.");
        }

        _isOpen = false;
        _cells.Add(_cell.ToString());
        _cell.Clear();
        return quote + 2;
    }
}
