using Hearth.AspNetCore;
using Hearth.GrainInterfaces.Categories;

namespace Hearth.Shop;

/// <summary>The shop's articles and categories. A real shop has them in its database already.</summary>
internal sealed class Stock(ICategoryTree categories, TimeProvider time) : BackgroundService
{
    public static readonly IReadOnlyDictionary<string, Article> Articles = new Article[]
    {
        new("b1", "Hiking boot", "boots", 149),
        new("b2", "Rain boot", "boots", 39),
        new("s1", "Sandal", "sandals", 59),
        new("h1", "Straw hat", "hats", 25),
    }.ToDictionary(article => article.Id);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAdd(stoppingToken))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    /// <summary>Adds what is missing; what is there already is left as it is. A site may start before its cluster does.</summary>
    private async Task<bool> TryAdd(CancellationToken stoppingToken)
    {
        try
        {
            await categories.AddAsync(new NewCategory("shoes", "Shoes", ParentId: null, Position: null), stoppingToken);
            await categories.AddAsync(new NewCategory("boots", "Boots", "shoes", Position: null), stoppingToken);
            await categories.AddAsync(new NewCategory("sandals", "Sandals", "shoes", Position: null), stoppingToken);
            await categories.AddAsync(new NewCategory("hats", "Hats", ParentId: null, Position: null), stoppingToken);
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
}
