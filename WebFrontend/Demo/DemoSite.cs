using Hearth.Model.Categories;

namespace Hearth.WebFrontend.Demo;

/// <summary>The invented site: a shop of outdoor things, the same at every start.</summary>
internal sealed class DemoSite
{
    private const int ProductsInLeaf = 9;

    private static readonly string[] Roots = ["Tents", "Boots", "Lanterns", "Stoves", "Packs", "Ropes", "Canoes", "Knits", "Maps", "Tools"];
    private static readonly string[] Kinds = ["Summer", "Winter", "Family", "Expedition"];
    private static readonly string[] Grades = ["Light", "Classic", "Heavy-duty", "Second-hand"];
    private static readonly string[] Makers = ["Aldermoor", "Bramblewick", "Corrie & Daughters", "Dunfell", "Eskerline", "Fennhaven", "Gullrock", "Hollowbeck", "Ironheath"];
    private static readonly string[] Models = ["Otter", "Heron", "Marten", "Plover", "Badger", "Kestrel", "Curlew", "Hare", "Merlin", "Stoat", "Wren"];
    private static readonly string[] First = ["ada", "bo", "cai", "dara", "eli", "fenn", "gwen", "hugo", "ines", "jori", "kit", "lena", "milo", "nell", "odo", "pia"];
    private static readonly string[] Last = ["alder", "birch", "cliff", "dale", "elm", "fen"];
    private static readonly string[] Posts =
    [
        "how-to-pitch-in-the-rain", "ten-soups-on-one-burner", "a-night-on-the-ridge", "mending-a-pack", "reading-contour-lines",
        "waxing-boots", "the-long-portage", "knots-worth-knowing", "winter-sleep", "leave-no-trace",
    ];

    public DemoSite()
    {
        Categories = [.. Lines(MakeCategories())];
        Products = [.. Lines(MakeProducts())];
        Users = [.. First.SelectMany(first => Last.Select(last => $"{first}.{last}"))];

        // The first are viewed most, as on any site.
        Pages =
        [
            "/", .. Posts.Select(post => "/blog/" + post), "/cart", "/about",
            .. Categories.Where((_, at) => at % 5 == 0).Select(category => "/categories/" + category.Id),
            .. Products.Where((_, at) => at % 11 == 0).Select(product => "/products/" + product.Id),
        ];
    }

    public IReadOnlyList<ImportLine> Categories { get; }

    public IReadOnlyList<ImportLine> Products { get; }

    public IReadOnlyList<string> Users { get; }

    public IReadOnlyList<string> Pages { get; }

    public static string Location(Random random) => random.Next(100) switch
    {
        < 34 => "BE",
        < 58 => "NL",
        < 74 => "FR",
        < 86 => "DE",
        < 95 => "GB",
        _ => "NO",
    };

    /// <summary>A page, the first ones far more often than the last.</summary>
    public string Page(Random random) => Pages[(int)(Pages.Count * Math.Pow(random.NextDouble(), 3.2))];

    private static IEnumerable<(string Id, string? Above, string Name)> MakeCategories()
    {
        foreach (var root in Roots)
        {
            var id = Slug(root);
            yield return (id, null, root);
            foreach (var kind in Kinds)
            {
                yield return ($"{id}-{Slug(kind)}", id, $"{kind} {root.ToLowerInvariant()}");
                foreach (var grade in Grades)
                {
                    yield return ($"{id}-{Slug(kind)}-{Slug(grade)}", $"{id}-{Slug(kind)}", $"{grade} {kind.ToLowerInvariant()} {root.ToLowerInvariant()}");
                }
            }
        }
    }

    private static IEnumerable<(string Id, string? Above, string Name)> MakeProducts()
    {
        var leaves = MakeCategories().Where(category => category.Id.Count(c => c == '-') >= 2).ToArray();
        for (var i = 0; i < leaves.Length * ProductsInLeaf; i++)
        {
            yield return ($"p{i + 1000}", leaves[i / ProductsInLeaf].Id, $"{Makers[i * 7 % Makers.Length]} {Models[i * 5 % Models.Length]} {(i % 90) + 10}");
        }
    }

    private static IEnumerable<ImportLine> Lines(IEnumerable<(string Id, string? Above, string Name)> rows) =>
        rows.Select((row, at) => new ImportLine(at + 2, row.Id, row.Above, row.Name));

    private static string Slug(string name) => name.ToLowerInvariant().Replace(' ', '_');
}
