namespace Hearth.Browser.Tests;

/// <summary>A Hearth whose counts reach the database soon, and the browser that looks at it.</summary>
public abstract class Site : IAsyncLifetime
{
    protected static readonly (string Key, string Value)[] Settings = [("Views:FlushInterval", "00:00:00.5"), ("Views:CheckpointInterval", "00:00:00.2")];

    public HearthServer Server { get; private set; } = null!;

    public Chromium Browser { get; } = new();

    /// <summary>One front end: a page's tab stays with it.</summary>
    public Uri Address => Server.Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Missing is null && Missing is null)
        {
            await Browser.InitializeAsync();
            Server = await Start();
        }
    }

    /// <summary>This site, or the test is skipped aloud where it cannot run.</summary>
    public Site OrSkip()
    {
        Assert.SkipWhen((Chromium.Missing ?? Missing) is not null, Chromium.Missing ?? Missing ?? "");
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Another program's row in the table of categories, which no guard of the database has looked at.</summary>
    public abstract Task InsertCategory(string id, string parent, string name);

    protected abstract Task<HearthServer> Start();

    protected virtual string? Missing => null;
}
