namespace Hearth.Shop;

/// <summary>Something the shop sells.</summary>
internal sealed record Article(string Id, string Name, string Category, decimal Euros);
