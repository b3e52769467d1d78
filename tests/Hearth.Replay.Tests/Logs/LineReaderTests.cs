using System.Text;
using CsCheck;
using Hearth.Replay.Logs;

namespace Hearth.Replay.Tests.Logs;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_end_with_LF_or_CRLF() =>
        Assert.Equal(["a", "b", "", "c\rd"], await Read("a\nb\r\n\nc\rd\n"));

    [Fact]
    public async Task The_last_line_may_lack_its_ending()
    {
        await using var reader = new LineReader(new MemoryStream("a\nb"u8.ToArray()));

        Assert.True(await reader.Read(default));
        Assert.True(reader.IsTerminated);
        Assert.True(await reader.Read(default));
        Assert.False(reader.IsTerminated);
        Assert.Equal("b", Encoding.Latin1.GetString(reader.Line.Span));
        Assert.False(await reader.Read(default));
    }

    [Fact]
    public async Task Nothing_has_no_lines() => Assert.Empty(await Read(""));

    [Theory]
    [InlineData(LineReader.MaxLength + 1)]
    [InlineData((LineReader.MaxLength * 3) + 7)]
    public async Task A_line_that_is_too_long_is_passed_over(int length)
    {
        await using var reader = new LineReader(new MemoryStream(Encoding.Latin1.GetBytes($"a\n{new string('x', length)}\nb\n{new string('y', length)}")));
        List<string> lines = [];
        while (await reader.Read(default))
        {
            lines.Add(reader.IsTooLong ? $"too long, {reader.Line.Length} kept" : Encoding.Latin1.GetString(reader.Line.Span));
        }

        Assert.Equal(["a", "too long, 0 kept", "b", "too long, 0 kept"], lines);
    }

    [Fact]
    public async Task The_longest_line_is_kept() =>
        Assert.Equal(LineReader.MaxLength, Assert.Single(await Read(new string('x', LineReader.MaxLength) + "\n")).Length);

    [Fact]
    public Task However_the_stream_arrives_the_lines_are_the_same() =>
        Gen.Select(Gen.String[Gen.Char["ab\n"], 0, 300], Gen.Int[1, 7]).SampleAsync(async (text, chunk) =>
        {
            var expected = text.Split('\n');
            Assert.Equal(text.EndsWith('\n') || text.Length == 0 ? expected[..^1] : expected, await Read(text, chunk));
        });

    [Fact]
    public async Task A_read_that_never_ends_can_be_left()
    {
        using var cancellation = new CancellationTokenSource();
        await using var reader = new LineReader(new SilentStream());
        var read = reader.Read(cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private static async Task<string[]> Read(string text, int chunk = int.MaxValue)
    {
        await using var reader = new LineReader(new ChunkedStream(Encoding.Latin1.GetBytes(text), chunk));
        List<string> lines = [];
        while (await reader.Read(default))
        {
            lines.Add(Encoding.Latin1.GetString(reader.Line.Span));
        }

        return [.. lines];
    }

    private sealed class ChunkedStream(byte[] content, int chunk) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }

    /// <summary>A pipe on which nothing comes, and whose reads heed no cancellation.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<int>().Task);
    }
}
