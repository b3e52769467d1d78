using CsCheck;
using Hearth.Grains.Categories;
using Hearth.Model.Categories;

namespace Hearth.Grains.Tests.Categories;

public sealed class CategoryFeedTests
{
    [Fact]
    public void A_replica_of_any_earlier_version_reaches_the_newest() => Gen.Select(CategoryTreeTests.Rows.Array[1, 6], Gen.Int[0, 6]).Sample((versions, known) =>
    {
        var feed = new CategoryFeed();
        var trees = versions.Select((rows, at) => CategoryTree.Build(at + 1, rows)).Prepend(CategoryTree.Empty).ToArray();
        foreach (var tree in trees[1..])
        {
            feed.Publish(tree, CategoryChanges.Between(feed.Tree, tree));
        }

        var start = trees[Math.Min(known, trees.Length - 1)];
        var reached = start == trees[^1] ? start : Receive(feed, start);

        Assert.Equal(trees[^1].Version, reached.Version);
        Assert.Equal(trees[^1].Rows.ToHashSet(), reached.Rows.ToHashSet());
    });

    [Fact]
    public void What_is_too_much_for_one_message_comes_as_the_whole_tree_in_parts()
    {
        var feed = new CategoryFeed();
        var tree = CategoryTree.Build(1, [.. Enumerable.Range(0, 5000).Select(i => new CategoryRow($"{i}", null, "N", i))]);

        feed.Publish(tree, CategoryChanges.Between(feed.Tree, tree));

        Assert.Equal(5000, Receive(feed, CategoryTree.Empty).Count);
    }

    [Fact]
    public async Task A_replica_that_is_up_to_date_waits_for_the_next_version()
    {
        var feed = new CategoryFeed();
        await using var parts = feed.Watch(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = parts.MoveNextAsync();
        Assert.False(next.IsCompleted);

        var tree = CategoryTree.Build(1, [new("a", null, "A", 0)]);
        feed.Publish(tree, CategoryChanges.Between(feed.Tree, tree));

        Assert.True(await next);
        Assert.Equal((1L, false), (parts.Current.Version, parts.Current.IsWhole));
    }

    private static CategoryTree Receive(CategoryFeed feed, CategoryTree tree)
    {
        var rows = new List<CategoryRow>();
        foreach (var part in feed.Watch(tree.Version, CancellationToken.None).ToBlockingEnumerable())
        {
            rows.AddRange(part.Changes.Rows);
            if (part.IsLast)
            {
                return part.IsWhole ? CategoryTree.Build(part.Version, rows) : tree.Apply(part.Changes, part.Version);
            }
        }

        throw new InvalidOperationException("The feed ended.");
    }
}
