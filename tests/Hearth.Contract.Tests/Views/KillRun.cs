using System.Globalization;

namespace Hearth.Contract.Tests.Views;

/// <summary>The random moments and victims of a run of kills, and its report.</summary>
internal sealed class KillRun
{
    private const int EnoughViews = 200;

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    private readonly Random _random;

    public KillRun()
    {
        _random = new Random(Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
    }

    /// <summary>Short intervals, and days that leave the pages at once, so that a kill meets every step of the protocol.</summary>
    public static (string Key, string Value)[] Settings { get; } =
        [("Views:CheckpointInterval", "00:00:00.3"), ("Views:FlushInterval", "00:00:00.5"), ("Views:HotDays", "1")];

    /// <summary>How many kills a long run has.</summary>
    public static int Kills { get; } = int.Parse(Environment.GetEnvironmentVariable("HEARTH_KILLS") ?? "50", CultureInfo.InvariantCulture);

    public int Seed { get; } = int.Parse(
        Environment.GetEnvironmentVariable("HEARTH_SEED") ?? Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public bool OneIn(int chances) => _random.Next(chances) == 0;

    public int Pick(int choices) => _random.Next(choices);

    public Task Wait(double fromSeconds, double toSeconds) =>
        Task.Delay(TimeSpan.FromSeconds(fromSeconds + (_random.NextDouble() * (toSeconds - fromSeconds))), TimeProvider.System);

    /// <summary>Lets views come in again, however slowly the machine starts processes, and then a random while pass.</summary>
    public async Task Proceed(ViewLoad load)
    {
        var before = load.Books.Count;
        await Eventually.Get(() => Task.FromResult(load.Books.Count), count => count > before + EnoughViews, "The acknowledgement of more views", Recovery);
        await Wait(0, 2.5);
    }

    public static void Report(int kill, string victim, ViewLoad load) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"kill {kill + 1}: {victim}; {load.Books.Count} views acknowledged, {load.Retries} retries");

    public static void Report(ViewLoad load) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{load.Books.Count} views acknowledged in {load.Books.Rows.Count} rows, {load.Retries} retries");
}
