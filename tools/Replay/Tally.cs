using Hearth.Replay.Views;

namespace Hearth.Replay;

/// <summary>What became of each line read. One thread reads, several send, and one shows the numbers meanwhile.</summary>
internal sealed class Tally
{
    private readonly long[] _skipped = new long[Enum.GetValues<SkipReason>().Length];
    private long _read;
    private long _counted;
    private long _duplicates;

    public long Read => Interlocked.Read(ref _read);

    /// <summary>Views that the server had not seen before.</summary>
    public long Counted => Interlocked.Read(ref _counted);

    /// <summary>Views whose event ids the server knew.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Views that the server has, so that a crash on either side loses none of them.</summary>
    public long Acknowledged => Counted + Duplicates;

    public long Skipped => _skipped.Sum();

    /// <summary>Views that the server may or may not have, because no answer came.</summary>
    public long Unacknowledged => Read - Skipped - Acknowledged;

    public long SkippedFor(SkipReason reason) => Interlocked.Read(ref _skipped[(int)reason]);

    public void AddLine() => Interlocked.Increment(ref _read);

    public void AddSkipped(SkipReason reason) => Interlocked.Increment(ref _skipped[(int)reason]);

    public void AddAnswer(PostResult.Accepted answer)
    {
        Interlocked.Add(ref _counted, answer.Counted);
        Interlocked.Add(ref _duplicates, answer.Duplicates);
    }
}
