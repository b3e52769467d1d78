using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Grains.Tests.Categories;

[Collection(OneSilo.Name)]
public sealed class CategoryTreeGrainTests(GrainCluster cluster)
{
    private readonly string _root = $"root-{Guid.NewGuid():N}"[..13];

    private ICategoryTreeGrain Tree => cluster.Grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key);

    private ICategoryStore Store => cluster.Services.GetRequiredService<ICategoryStore>();

    [Fact]
    public async Task An_edit_is_in_the_database_when_it_is_answered()
    {
        var edit = await Tree.Create(new NewCategory(_root, "Root", null, null));

        Assert.Equal(CategoryEditStatus.Done, edit.Status);
        var table = await Store.Load();
        Assert.Equal(edit.Version, table.Version);
        Assert.Contains(table.Rows, row => row.Id == _root);
    }

    [Fact]
    public async Task An_edit_is_made_on_what_another_program_has_committed_meanwhile()
    {
        await Tree.Create(new NewCategory(_root, "Root", null, null));
        await OtherProgram(new CategoryChanges([new($"{_root}-other", _root, "Other", 0)], []));

        var taken = await Tree.Create(new NewCategory($"{_root}-other", "Mine", _root, null));
        var below = await Tree.Create(new NewCategory($"{_root}-below", "Below", $"{_root}-other", null));

        Assert.Equal(CategoryEditStatus.Done, below.Status);
        Assert.Equal([_root, $"{_root}-other"], below.Category!.Path.Select(step => step.Id));
        Assert.Equal(CategoryEditStatus.Conflict, taken.Status);
    }

    [Fact]
    public async Task Of_two_opposite_moves_exactly_one_is_made()
    {
        var (a, b) = ($"{_root}-a", $"{_root}-b");
        await Tree.Create(new NewCategory(a, "A", null, null));
        await Tree.Create(new NewCategory(b, "B", null, null));

        var moves = await Task.WhenAll(
            Tree.Update(a, new CategoryPatch(null, new CategoryMove(b), null)).AsTask(),
            Tree.Update(b, new CategoryPatch(null, new CategoryMove(a), null)).AsTask());

        Assert.Single(moves, move => move.Status == CategoryEditStatus.Done);
        Assert.Single(moves, move => move.Status == CategoryEditStatus.Conflict);
    }

    [Fact]
    public async Task A_watcher_is_fed_the_whole_tree_and_then_each_change()
    {
        await Tree.Create(new NewCategory(_root, "Root", null, null));
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var feed = Tree.Watch(null, end.Token).WithBatchSize(1).GetAsyncEnumerator(end.Token);
        Assert.True(await feed.MoveNextAsync());
        Assert.True(feed.Current.IsWhole);

        var edit = await Tree.Update(_root, new CategoryPatch("Renamed", null, null));

        CategoryFeedPart part;
        do
        {
            Assert.True(await feed.MoveNextAsync());
            part = feed.Current;
        }
        while (part.Version < edit.Version);
        Assert.False(part.IsWhole);
        Assert.Contains(part.Changes.Rows, row => row.Id == _root && row.Name == "Renamed");
    }

    [Fact]
    public async Task An_edit_by_another_program_is_fed_to_watchers_at_the_next_poll()
    {
        var known = await Tree.Refresh();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var feed = Tree.Watch(known, end.Token).WithBatchSize(1).GetAsyncEnumerator(end.Token);
        await using var shell = new SqliteConnection($"Data Source={cluster.Services.GetRequiredService<DataDirectory>().Site.Path};Pooling=False");
        await shell.OpenAsync();
        await using var command = shell.CreateCommand();
        command.CommandText = "INSERT INTO category (id, name) VALUES ($id, 'By another program')";
        command.Parameters.AddWithValue("$id", _root);
        await command.ExecuteNonQueryAsync();

        for (var next = feed.MoveNextAsync().AsTask(); ; next = feed.MoveNextAsync().AsTask())
        {
            while (!next.IsCompleted)
            {
                cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            }

            Assert.True(await next);
            if (feed.Current.Changes.Rows.Any(row => row.Id == _root))
            {
                break;
            }
        }
    }

    [Fact]
    public async Task An_import_whose_lines_were_lost_changes_nothing()
    {
        var import = cluster.Grains.GetGrain<ICategoryImportGrain>(Guid.NewGuid());
        await import.Add(0, [new(2, $"{_root}-1", null, "One")]);

        await Assert.ThrowsAsync<Model.Storage.StoreUnavailableException>(async () => await import.Add(5, [new(7, $"{_root}-2", null, "Two")]));
        await Assert.ThrowsAsync<Model.Storage.StoreUnavailableException>(async () => await import.Finish(2, ImportMode.Merge));

        Assert.DoesNotContain((await Store.Load()).Rows, row => row.Id.StartsWith(_root, StringComparison.Ordinal));
    }

    private async Task OtherProgram(CategoryChanges changes)
    {
        while (await Store.Commit(await Store.ReadVersion(), changes) is null)
        {
        }
    }
}
