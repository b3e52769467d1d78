using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Replay.Tests;

/// <summary>
/// Answers <c>POST /views</c> on a free port as the contract says, remembering event ids; what it has counted outlives a
/// <see cref="Stop"/> and <see cref="Start"/>. A test may have it misbehave before or after it counts.
/// </summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = [];
    private WebApplication? _application;
    private int _requests;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Called with each request's number, from 1; true where it has answered, or dropped, the request itself.</summary>
    public Func<int, HttpContext, Task<bool>> BeforeCounting { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Likewise, when the views are counted.</summary>
    public Func<int, HttpContext, Task<bool>> AfterCounting { get; set; } = (_, _) => Task.FromResult(false);

    public List<FakeView> Counted { get; } = [];

    public List<int> BatchSizes { get; } = [];

    public List<string?> Keys { get; } = [];

    public int Requests => Volatile.Read(ref _requests);

    public Dictionary<string, int> CountsByPage
    {
        get
        {
            lock (_lock)
            {
                return Counted.CountBy(view => view.Page).ToDictionary();
            }
        }
    }

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"{Address}");
        _application = builder.Build();
        _application.MapPost("/views", Handle);
        await _application.StartAsync();
        Address = new Uri(_application.Urls.Single());
    }

    /// <summary>Closes the port and cuts every connection, without an answer to what is under way.</summary>
    public async Task Stop()
    {
        if (_application is { } application)
        {
            _application = null;
            await application.StopAsync(new CancellationToken(canceled: true));
            await application.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Handle(HttpContext context)
    {
        var number = Interlocked.Increment(ref _requests);
        var views = (await context.Request.ReadFromJsonAsync<FakeView[]>())!;
        if (await BeforeCounting(number, context))
        {
            return;
        }

        var accepted = Count(views, context.Request.Headers.Authorization);
        if (!await AfterCounting(number, context))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await context.Response.WriteAsJsonAsync(new { accepted, duplicates = views.Length - accepted });
        }
    }

    private int Count(FakeView[] views, string? key)
    {
        lock (_lock)
        {
            BatchSizes.Add(views.Length);
            Keys.Add(key);
            var fresh = views.Where(view => _ids.Add(view.Id)).ToList();
            Counted.AddRange(fresh);
            return fresh.Count;
        }
    }
}
