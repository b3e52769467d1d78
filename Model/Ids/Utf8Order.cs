namespace Hearth.Model.Ids;

/// <summary>
/// Orders strings by their UTF-8 bytes, as SQLite's BINARY and PostgreSQL's "C" collation do. UTF-16 code units order
/// alike except where surrogates meet U+E000 to U+FFFF; the fix-up is from the Unicode Standard, section 5.17.
/// </summary>
public sealed class Utf8Order : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        return common == x.Length || common == y.Length
            ? x.Length - y.Length
            : Rank(x[common]) - Rank(y[common]);
    }

    /// <summary>Moves surrogates, which stand for code points above U+FFFF, behind every other code unit.</summary>
    private static int Rank(char unit) => unit switch
    {
        >= '\uE000' => unit - 0x800,
        >= '\uD800' => unit + 0x2000,
        _ => unit,
    };
}
