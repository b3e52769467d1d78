using Hearth.AspNetCore;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.Shop;

/// <summary>The shop's articles and categories. A real shop has them in its database already.</summary>
internal sealed class Stock(ICategoryTree categories, TimeProvider time) : BackgroundService
{
    public static readonly IReadOnlyDictionary<string, Article> Articles = new Article[]
    {
        new("b1", "Hiking boot", "boots", 149), new("b2", "Rain boot", "boots", 39), new("s1", "Sandal", "sandals", 59), new("h1", "Straw hat", "hats", 25),
    }.ToDictionary(article => article.Id);

    private static readonly (string Id, string Name, string? Parent)[] Categories =
        [("shoes", "Shoes", null), ("boots", "Boots", "shoes"), ("sandals", "Sandals", "shoes"), ("hats", "Hats", null)];

    /// <summary>Adds what is missing, once the cluster can be reached: a site may start before it does.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAdd(stoppingToken))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    private async Task<bool> TryAdd(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var (id, name, parent) in Categories)
            {
                await categories.AddAsync(new NewCategory(id, name, parent, Position: null), stoppingToken);
            }

            foreach (var article in Articles.Values)
            {
                await categories.PutProductAsync(new Product(article.Id, article.Name, article.Category), stoppingToken);
            }

            return true;
        }
        catch (HearthUnavailableException)
        {
            return false;
        }
    }

    internal sealed record Article(string Id, string Name, string Category, decimal Euros);
}
