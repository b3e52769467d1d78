namespace Hearth.Storage;

/// <summary>The ids that begin with a text, as a range in the order of their bytes.</summary>
internal static class IdPrefix
{
    /// <summary>As many of the last character as fill an id of 256 bytes.</summary>
    private static readonly string Longest = string.Concat(Enumerable.Repeat("\U0010FFFF", 64));

    /// <summary>Nothing that begins with the text comes after this.</summary>
    public static string Last(string prefix) => prefix + Longest;
}
