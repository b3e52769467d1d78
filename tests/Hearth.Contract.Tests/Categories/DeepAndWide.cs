using System.Net;
using System.Text;

namespace Hearth.Contract.Tests.Categories;

/// <summary>A chain and a star, through every operation of the room.</summary>
internal static class DeepAndWide
{
    public const int Size = 100_000;

    /// <summary>For what reads or writes all of it, on a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task Check(Uri server, string root)
    {
        using var client = new HttpClient { BaseAddress = server, Timeout = Patience };
        var (chain, star) = ($"{root}-chain", $"{root}-star");
        var file = new StringBuilder("id\tparent_id\tname\n").Append($"{root}\t\tRoot\n{chain}0\t{root}\tChain\n{star}\t{root}\tStar\n");
        for (var i = 1; i < Size; i++)
        {
            file.Append($"{chain}{i}\t{chain}{i - 1}\tN\n");
            file.Append($"{star}{i}\t{star}\tN\n");
        }

        using var imported = await client.Import("/categories/import", file.ToString());
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        await Deep(client, root, chain);
        await Wide(client, root, star);
        using var removed = await client.Remove(root);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    private static async Task Deep(HttpClient client, string root, string chain)
    {
        var bottom = await client.Json($"/categories/{chain}{Size - 1}");
        Assert.Equal((Size + 1, Size), ((int)bottom["depth"]!, bottom["path"]!.AsArray().Count));
        Assert.Equal(Size - 1, (await client.Json($"/categories/{chain}0/descendants"))["descendants"]!.AsArray().Count);
        Assert.Equal(10, (await client.Json($"/categories/{chain}0/descendants?depth=10"))["descendants"]!.AsArray().Count);

        Assert.Equal(HttpStatusCode.Conflict, (await client.Patch($"{chain}0", $$"""{"parentId":"{{chain}}{{Size - 1}}"}""")).StatusCode);
        using var moved = await client.Patch($"{chain}{Size / 2}", $$"""{"parentId":"{{root}}"}""");
        Assert.Equal(2, (int)(await moved.Json())["depth"]!);
        Assert.Equal((Size / 2) - 1, (int)(await client.Json($"/categories/{chain}0"))["descendantCount"]!);
        using var lower = await client.PostCategory($"{chain}-end", $"{chain}{Size - 1}");
        Assert.Equal(HttpStatusCode.Created, lower.StatusCode);
        Assert.Empty((await client.Json($"/categories/{chain}0/products"))["products"]!.AsArray());
    }

    private static async Task Wide(HttpClient client, string root, string star)
    {
        Assert.Equal(Size - 1, (int)(await client.Json($"/categories/{star}"))["childCount"]!);
        using var middle = await client.PostCategory($"{star}-middle", star, position: Size / 2);
        var page = await client.Json($"/categories/{star}/children?limit=1000");
        Assert.Equal(1000, page["categories"]!.AsArray().Count);
        Assert.Equal(1000, (await client.Json($"/categories/{star}/children?limit=1000&after={page["next"]}"))["categories"]!.AsArray().Count);
        Assert.Equal(Size, (await client.Json($"/categories/{star}/descendants?depth=1"))["descendants"]!.AsArray().Count);
        Assert.Empty((await client.Json($"/categories/{star}/products?sort=name"))["products"]!.AsArray());

        using var adopted = await client.Remove(star, "?children=adopt");
        Assert.Equal(HttpStatusCode.NoContent, adopted.StatusCode);
        Assert.Equal(2 + Size, (int)(await client.Json($"/categories/{root}"))["childCount"]!);
    }
}
