namespace Hearth.Grains.Tests.Contracts;

/// <summary>
/// <c>wire-format.txt</c> is what a rolling upgrade and stored state rest on. A line that goes or changes breaks both: a new
/// member takes a new id, and a retired id is never used again. New lines are added to the file.
/// </summary>
public sealed class WireFormatTests
{
    private static readonly string[] Pinned = Read();
    private static readonly string[] Actual = WireFormat.Describe();

    [Fact]
    public void Nothing_that_was_sent_or_stored_before_has_changed()
    {
        var broken = Pinned.Except(Actual).ToArray();

        Assert.True(broken.Length == 0, $"Silos of the last release and stored state still use:\n{string.Join('\n', broken)}");
    }

    [Fact]
    public void What_is_new_is_pinned_too()
    {
        var added = Actual.Except(Pinned).ToArray();

        Assert.True(added.Length == 0, $"Add to tests/Hearth.Grains.Tests/Contracts/wire-format.txt, in its order:\n{string.Join('\n', added)}");
    }

    [Fact]
    public void No_fact_stands_twice()
    {
        Assert.Equal(Actual.Distinct(), Actual);
        Assert.Equal(Pinned.Order(StringComparer.Ordinal).Distinct(), Pinned);
    }

    private static string[] Read()
    {
        using var text = new StreamReader(typeof(WireFormatTests).Assembly.GetManifestResourceStream("wire-format.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
