using System.Net;
using System.Text;

namespace Hearth.Contract.Tests.Failures;

/// <summary>An editor, who makes a category after the other below the leaves of an imported tree.</summary>
internal sealed class CategoryTraffic(SiteClient client)
{
    private const int Imported = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly HashSet<string> _categories = [];

    public SiteClient Client => client;

    public string Root { get; } = HearthServer.Fresh("root");

    public async Task Begin()
    {
        var rows = new StringBuilder($"id\tparent_id\tname\n{Root}\t\tRoot\n");
        for (var i = 0; i < Imported; i++)
        {
            rows.Append(null, $"{Name(i)}\t{(i < 10 ? Root : Name(i / 3))}\tCategory {i}\n");
            _categories.Add(Name(i));
        }

        (HttpStatusCode Status, object?)? answer = null;
        while (answer is null)
        {
            answer = await client.Try(HttpMethod.Post, "/categories/import", new StringContent(rows.ToString(), Encoding.UTF8, "text/tab-separated-values"));
        }

        Assert.Equal(HttpStatusCode.OK, answer.Value.Status);
    }

    public async Task Run(CancellationToken stop)
    {
        await Task.Yield();
        for (var i = Imported; !stop.IsCancellationRequested; i++)
        {
            var (status, body) = await client.Send(HttpMethod.Post, "/categories", new { id = Name(i), name = $"Category {i}", parentId = Name(i / 3) });

            // 409: made by a request before, whose answer was lost.
            if (status is not (HttpStatusCode.Created or HttpStatusCode.Conflict))
            {
                client.Faults.Enqueue($"A new category was answered {status} {body}");
            }

            _categories.Add(Name(i));
            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The tree is what was acknowledged, no more and no less.</summary>
    public Task Verify() => Eventually.Get(
        async () => (await client.Send(HttpMethod.Get, $"/categories/{Root}/descendants")).Body!["descendants"]!.AsArray().Select(id => (string)id!).ToList(),
        found => found.Count == _categories.Count && _categories.SetEquals(found), "The whole tree", Limit);

    private string Name(int category) => $"{Root}-{category}";
}
