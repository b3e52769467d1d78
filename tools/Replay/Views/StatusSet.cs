namespace Hearth.Replay.Views;

/// <summary>A set of HTTP status codes, written as codes and classes: <c>2xx,304</c>.</summary>
internal sealed class StatusSet
{
    private readonly bool[] _contains = new bool[1000];

    private StatusSet()
    {
    }

    public bool Contains(int status) => _contains[status];

    public static bool TryParse(IReadOnlyCollection<string> items, out StatusSet set)
    {
        set = new StatusSet();
        foreach (var item in items)
        {
            if (item is not [>= '1' and <= '9', _, _])
            {
                return false;
            }

            if (item[1..] is "xx" or "XX")
            {
                Array.Fill(set._contains, true, (item[0] - '0') * 100, 100);
            }
            else if (char.IsAsciiDigit(item[1]) && char.IsAsciiDigit(item[2]))
            {
                set._contains[int.Parse(item)] = true;
            }
            else
            {
                return false;
            }
        }

        return items.Count > 0;
    }
}
