namespace Hearth.WebFrontend.Categories;

/// <summary>Skips the blank lines after the last row of a file, such as editors and spreadsheets leave there.</summary>
internal sealed class BlankEnd
{
    private int? _first;

    /// <summary>Whether a line is blank, and to be skipped.</summary>
    /// <exception cref="Requests.InvalidRequestException">It is not, and follows one that is.</exception>
    public bool Skips(int number, string line)
    {
        if (line is "" or "\r")
        {
            _first ??= number;
            return true;
        }

        return _first is { } blank ? throw ImportFile.Fault(blank, "It is blank, and rows follow it.") : false;
    }
}
