using System.Collections.Immutable;
using Hearth.AspNetCore.Views;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Categories;
using Hearth.Model.Views;
using Hearth.Storage;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Demo;

/// <summary>
/// What was before the demonstration's first start: the catalogue and two weeks of views. A file says that it is there;
/// cut short, it is filled in again, with the same ids for the same events.
/// </summary>
internal sealed partial class DemoHistory(
    DemoSite site, IClusterClient cluster, ViewAppender appender, ViewFactory factory, IOptions<StorageOptions> storage, TimeProvider time, ILogger<DemoHistory> logger)
{
    private const int Days = 14;
    private const int VisitsADay = 2600;
    private const int BatchSize = 1000;
    private const int Visitors = 4000;
    private const int MaxViews = 39;
    private const int Seed = 1904;

    /// <summary>How busy each hour of a day is.</summary>
    private static readonly int[] Hours = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 10, 10, 11, 13, 15, 16, 14, 10, 6, 4];

    private string Marker => Path.Combine(storage.Value.DataDirectory, "demo-is-filled");

    public async Task Fill(CancellationToken cancellationToken)
    {
        if (File.Exists(Marker))
        {
            return;
        }

        await Import(cluster.GetGrain<ICategoryImportGrain>(Guid.NewGuid()), site.Categories);
        await Import(cluster.GetGrain<IProductImportGrain>(Guid.NewGuid()), site.Products);
        var now = time.GetUtcNow();
        var visits = Visits(now).ToArray();
        foreach (var batch in visits.Chunk(BatchSize))
        {
            await Post(batch);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await cluster.GetGrain<IViewActivityGrain>(0).BeginWith(Minutes(visits, now));
        await File.WriteAllTextAsync(Marker, "", cancellationToken);
        var views = visits.Sum(visit => visit.Count!.Value);
        LogFilled(site.Categories.Count, site.Products.Count, views);
    }

    public async Task Post(IReadOnlyList<PageViewBody> visits)
    {
        var errors = new Dictionary<string, string[]>();
        AppendedView[] views = [.. visits.Select(visit => factory.Create(visit, "", errors, ViewCaller.Site))];
        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"The demonstration invented a view that is none: {string.Join(", ", errors.Keys)}.");
        }

        await appender.Append(views);
    }

    private static async Task Import(IImportGrain import, IReadOnlyList<ImportLine> lines)
    {
        var taken = 0;
        foreach (var chunk in lines.Chunk(IImportGrain.MaxLines))
        {
            await import.Add(taken, [.. chunk]);
            taken += chunk.Length;
        }

        await import.Finish(taken, ImportMode.Merge);
    }

    private IEnumerable<PageViewBody> Visits(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        for (var ago = Days; ago >= 0; ago--)
        {
            var day = today.AddDays(-ago);
            var random = new Random(Seed + ago);
            var busy = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1.35 : 1;
            for (var i = 0; i < VisitsADay * busy; i++)
            {
                var at = day + Moment(random);
                var visit = new PageViewBody(
                    site.Page(random), DemoSite.Location(random), $"v{random.Next(Visitors)}", $"demo {day:yyyy-MM-dd} {i}", new ViewTime(at), 1 + random.Next(MaxViews));
                if (at <= now)
                {
                    yield return visit;
                }
            }
        }
    }

    private static TimeSpan Moment(Random random)
    {
        var left = random.Next(Hours.Sum());
        var hour = 0;
        while (left >= Hours[hour])
        {
            left -= Hours[hour++];
        }

        return TimeSpan.FromHours(hour + random.NextDouble());
    }

    private static ImmutableArray<long> Minutes(IEnumerable<PageViewBody> visits, DateTimeOffset now)
    {
        var minutes = new long[24 * 60];
        foreach (var visit in visits)
        {
            var ago = (now.ToUnixTimeSeconds() / 60) - (visit.At!.Value.Moment!.Value.ToUnixTimeSeconds() / 60);
            if (ago < minutes.Length)
            {
                minutes[^(int)(ago + 1)] += visit.Count!.Value;
            }
        }

        return [.. minutes];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demonstration invented {Categories} categories, {Products} products and {Views} views.")]
    private partial void LogFilled(int categories, int products, long views);
}
