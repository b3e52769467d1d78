using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>Puts a category between two siblings, moving as few of those behind it as it can.</summary>
internal static class CategoryPlacement
{
    /// <summary>The rows that change.</summary>
    /// <param name="siblings">The siblings in order, without the category.</param>
    /// <param name="category">The category, under its new parent.</param>
    /// <param name="at">How many siblings come before it.</param>
    public static ImmutableArray<CategoryRow> Place(IReadOnlyList<CategoryRow> siblings, CategoryRow category, int at)
    {
        var before = at > 0 ? siblings[at - 1].Position + 1L : long.MinValue;
        var position = at < siblings.Count ? Math.Max(before, siblings[at].Position) : Math.Max(before, 0);
        var rows = ImmutableArray.CreateBuilder<CategoryRow>();
        rows.Add(category with { Position = (int)Math.Min(position, int.MaxValue) });
        for (var next = at; next < siblings.Count && siblings[next].Position <= position; next++)
        {
            position++;
            rows.Add(siblings[next] with { Position = (int)Math.Min(position, int.MaxValue) });
        }

        return position <= int.MaxValue ? rows.DrainToImmutable() : Renumber(siblings, category, at);
    }

    /// <summary>There is no room behind: all begin anew at 0.</summary>
    private static ImmutableArray<CategoryRow> Renumber(IReadOnlyList<CategoryRow> siblings, CategoryRow category, int at) =>
        [.. siblings.Take(at).Append(category).Concat(siblings.Skip(at)).Select((row, position) => row with { Position = position })];
}
