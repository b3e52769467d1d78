using System.Globalization;

namespace Hearth.WebFrontend.Presence;

/// <summary>
/// How far a reader has been told, in the sequence of this front end's changes: every change up to the horizon, and of
/// the coalesced batch from there to <paramref name="End"/> the events up to <paramref name="Last"/>.
/// </summary>
internal readonly record struct StreamPosition(long Horizon, long End, long Last)
{
    /// <summary>A reader who must start over.</summary>
    public static StreamPosition None { get; }

    public bool IsWithinBatch => Last < End;

    /// <summary>All up to a change.</summary>
    public static StreamPosition At(long sequence) => new(sequence, sequence, sequence);

    /// <summary>Reads an event id; <see cref="None"/> where it is none, or one of another stream or process.</summary>
    /// <param name="eventId">What <see cref="ToEventId"/> has made.</param>
    /// <param name="stream">The stream's name.</param>
    public static StreamPosition Parse(string? eventId, string stream) => eventId?.Split('-') switch
    {
        [var name, var all] when name == stream && Number(all) is { } sequence => At(sequence),
        [var name, var from, var to, var told] when name == stream
            && Number(from) is { } horizon && Number(to) is { } end && Number(told) is { } last && horizon <= last && last <= end
            => new StreamPosition(horizon, end, last),
        _ => None,
    };

    public string ToEventId(string stream) => IsWithinBatch ? $"{stream}-{Horizon}-{End}-{Last}" : $"{stream}-{End}";

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
