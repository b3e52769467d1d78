using System.IO.Compression;
using SharpCompress.Common;
using SharpCompress.Compressors.BZip2;
using ZstdSharp;

namespace Hearth.Replay.Logs;

/// <summary>A way in which logs are compressed, told by their first bytes: rotation changes names, and a pipe has none.</summary>
/// <param name="Name">The program that writes it.</param>
/// <param name="Decompress">Reads what was compressed; null for what cannot be read here.</param>
internal sealed record Compression(string Name, byte[] Magic, Func<Stream, Stream>? Decompress)
{
    private static readonly Compression[] All =
    [
        new("gzip", [0x1f, 0x8b], stream => new GZipStream(stream, CompressionMode.Decompress)),
        new("bzip2", [.. "BZh"u8], stream => BZip2Stream.Create(stream, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true)),
        new("zstd", [0x28, 0xb5, 0x2f, 0xfd], stream => new DecompressionStream(stream, leaveOpen: false)),
        new("xz", [0xfd, .. "7zXZ"u8, 0], Decompress: null),
        new("zip", [.. "PK"u8, 3, 4], Decompress: null),
    ];

    // Without it the end of an archive that is cut short passes for the end of what was compressed. The stream reads the switch
    // when it is first used.
    static Compression() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    public static int LongestMagic { get; } = All.Max(compression => compression.Magic.Length);

    /// <summary>How something is compressed that begins so; null where it is not.</summary>
    public static Compression? Of(ReadOnlySpan<byte> start)
    {
        foreach (var compression in All)
        {
            if (start.StartsWith(compression.Magic))
            {
                return compression;
            }
        }

        return null;
    }

    /// <summary>Whether this is how a decompressing stream says that it cannot read on.</summary>
    public static bool IsFault(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or SharpCompressException or ZstdException;
}
