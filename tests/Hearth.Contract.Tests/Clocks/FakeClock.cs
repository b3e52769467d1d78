using System.Globalization;

namespace Hearth.Contract.Tests.Clocks;

/// <summary>The wall clock of processes, which a test sets while they run; their monotonic clock is left alone.</summary>
internal sealed class FakeClock : IDisposable
{
    /// <summary>Where Debian installs libfaketime.</summary>
    private static readonly string? Library = new[]
    {
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    }.FirstOrDefault(File.Exists);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hearth-clock-");

    public FakeClock() => Write(TimeSpan.Zero);

    /// <summary>Why no clock can be faked here; null where one can.</summary>
    public static string? Missing { get; } = Library is null ? "libfaketime is not installed." : null;

    /// <summary>How far the clock is ahead of the real one.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Settings for the processes, which look at the file each time they look at the clock.</summary>
    public (string Key, string Value)[] Settings => [.. Preload, ("FAKETIME_TIMESTAMP_FILE", FileName), ("FAKETIME_NO_CACHE", "1")];

    private string FileName => Path.Combine(_folder.FullName, "offset");

    /// <summary>Without libfaketime's correction for an old glibc, which ends each timed wait of .NET at once.</summary>
    private static (string, string)[] Preload =>
        [("LD_PRELOAD", Library!), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("FAKETIME_FORCE_MONOTONIC_FIX", "0")];

    /// <summary>Settings for a process whose clock is always so far ahead.</summary>
    public static (string Key, string Value)[] Ahead(TimeSpan offset) => [.. Preload, ("FAKETIME", Text(offset))];

    /// <summary>Sets the clock, and waits until a process that listens at an address is seen to have it.</summary>
    public async Task Set(TimeSpan offset, params Uri[] addresses)
    {
        Write(offset);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        foreach (var address in addresses)
        {
            await Eventually.Get(
                async () => (await client.GetAsync(new Uri(address, "/health/live"))).Headers.Date - TimeProvider.System.GetUtcNow() - offset,
                difference => difference?.Duration() < TimeSpan.FromSeconds(3),
                $"A clock set {offset} ahead at {address}");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Text(TimeSpan offset) => offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture);

    private void Write(TimeSpan offset)
    {
        File.WriteAllText(FileName + ".new", Text(offset) + "\n");
        File.Move(FileName + ".new", FileName, overwrite: true);
        Offset = offset;
    }
}
