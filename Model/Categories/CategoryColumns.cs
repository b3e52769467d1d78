using System.Text;

namespace Hearth.Model.Categories;

/// <summary>The arrays of a tree, each by place in pre-order.</summary>
/// <param name="Ids">The ids as <see cref="JsonId"/> writes them.</param>
/// <param name="Names">The names.</param>
/// <param name="Parents">The parents' places; -1 for roots.</param>
/// <param name="Sizes">How many places the subtree takes, its top included.</param>
/// <param name="Depths">1 for roots.</param>
/// <param name="Positions">The ranks among siblings.</param>
/// <param name="ChildCounts">How many children there are.</param>
/// <param name="Index">Finds places.</param>
internal sealed record CategoryColumns(
    Utf8Column Ids, Utf8Column Names, int[] Parents, int[] Sizes, int[] Depths, int[] Positions, int[] ChildCounts, CategoryIdIndex Index)
{
    private const int MaxStackBytes = 1024;

    public int Count => Sizes.Length;

    /// <summary>Returns the place of an id, or -1.</summary>
    public int Find(string id)
    {
        var length = JsonId.MaxLength(id);
        Span<byte> text = length <= MaxStackBytes ? stackalloc byte[length] : new byte[length];
        return Find(text[..JsonId.Write(id, text)]);
    }

    /// <summary>Returns the place of an id as <see cref="JsonId"/> writes it, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id) => Index.Find(id, Ids);

    /// <summary>The parent's id; empty for a root.</summary>
    public ReadOnlySpan<byte> ParentText(int place) => Parents[place] is var parent and >= 0 ? Ids[parent] : [];

    public string Id(int place) => JsonId.Read(Ids[place]);

    public string Name(int place) => Encoding.UTF8.GetString(Names[place]);

    public int End(int place) => place + Sizes[place];

    /// <summary>Where the children of a parent (-1 for the roots) start and end.</summary>
    public (int First, int End) Below(int parent) => parent < 0 ? (0, Count) : (parent + 1, End(parent));
}
