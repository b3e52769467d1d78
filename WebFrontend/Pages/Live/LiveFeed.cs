using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Pages.Live;

/// <summary>
/// Keeps open pages up to date. Each part is gathered once however many look, and not at all while nobody does, so the
/// grains feel one viewer or none.
/// </summary>
internal sealed class LiveFeed(
    IEnumerable<LivePart> parts, IOptions<JsonOptions> json, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveFeed> logger)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, LiveTopic> _topics =
        parts.ToDictionary(part => part.Name, part => new LiveTopic(part, json.Value.SerializerOptions, time, logger));

    public bool Has(string part) => _topics.ContainsKey(part);

    /// <summary>What a page shows of a part when it is opened; null while it is unavailable.</summary>
    public async Task<T?> Read<T>(string part, CancellationToken cancellationToken)
        where T : class => (T?)await _topics[part].Read(cancellationToken);

    /// <summary>Every part as it is, and again whenever it changes, until the reader goes or the process stops.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(IEnumerable<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var topics = names.Distinct().Select(name => (Name: name, Topic: _topics[name])).ToArray();
        var told = new LiveMessage?[topics.Length];
        var viewer = new LiveViewer();
        Array.ForEach(topics, topic => topic.Topic.Join(viewer));
        try
        {
            var isNews = true;
            while (!ended.IsCancellationRequested)
            {
                for (var i = 0; i < topics.Length; i++)
                {
                    if (topics[i].Topic.Latest is { } latest && latest != told[i])
                    {
                        told[i] = latest;
                        yield return new SseItem<string>(latest.Json, topics[i].Name);
                    }
                }

                if (!isNews)
                {
                    yield return new SseItem<string>("", "still-here");
                }

                isNews = await Wait(viewer, ended.Token);
            }
        }
        finally
        {
            Array.ForEach(topics, topic => topic.Topic.Leave(viewer));
        }
    }

    /// <summary>Returns also when the stream has ended, which is no failure.</summary>
    private async Task<bool> Wait(LiveViewer viewer, CancellationToken cancellationToken)
    {
        try
        {
            return await viewer.WaitForNews(KeepAlive, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
