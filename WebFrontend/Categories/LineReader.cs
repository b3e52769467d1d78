using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Hearth.WebFrontend.Categories;

/// <summary>Reads a body line by line in bounded memory. Lines end in LF, and a CR before it is left in them; a byte order mark is skipped.</summary>
internal static class LineReader
{
    private const int MaxLineBytes = 16 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="Requests.InvalidRequestException">A line is too long, or not UTF-8.</exception>
    public static async IAsyncEnumerable<(int Number, string Text)> Read(PipeReader body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var (line, isLast) = await ReadLine(body, number, cancellationToken);
            if (line is not null)
            {
                yield return (number, number == 1 ? line.TrimStart('\uFEFF') : line);
            }

            if (isLast)
            {
                yield break;
            }
        }
    }

    private static async ValueTask<(string? Line, bool IsLast)> ReadLine(PipeReader body, int number, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var newline = result.Buffer.PositionOf((byte)'\n');
            var line = newline is { } end ? result.Buffer.Slice(0, end) : result.Buffer;
            if (line.Length > MaxLineBytes)
            {
                // Kestrel reads on to the end of the request, which it cannot while a read is open.
                body.AdvanceTo(result.Buffer.End);
                throw ImportFile.Fault(number, $"A line has at most {MaxLineBytes} bytes.");
            }

            if (newline is null && !result.IsCompleted)
            {
                body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            try
            {
                return (newline is null && line.IsEmpty ? null : Decode(line, number), newline is null);
            }
            finally
            {
                body.AdvanceTo(newline is { } at ? result.Buffer.GetPosition(1, at) : result.Buffer.End);
            }
        }
    }

    private static string Decode(ReadOnlySequence<byte> line, int number)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw ImportFile.Fault(number, "It is not UTF-8.");
        }
    }
}
