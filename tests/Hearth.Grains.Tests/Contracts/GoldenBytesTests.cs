using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Hearth.Grains.Tests.Contracts;

/// <summary>
/// <c>golden-bytes.txt</c> is what silos send and store, one sample a line, in base64. This release writes these very bytes
/// and reads them without loss. A line whose name ends with a release has what that one wrote where this one writes more: it
/// is read as the sample without the mark.
/// </summary>
public sealed class GoldenBytesTests : IDisposable
{
    private const string Older = " (0.1)";

    private static readonly Dictionary<string, string> Golden = Read();

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<string> OlderNames => [.. Golden.Keys.Where(name => name.EndsWith(Older, StringComparison.Ordinal))];

    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_sent_or_stored_has_the_bytes_it_always_had(string name)
    {
        var bytes = Convert.ToBase64String(Find(name).Write(Serializer));

        Assert.True(Golden.TryGetValue(name, out var golden), $"Add to tests/Hearth.Grains.Tests/Contracts/golden-bytes.txt:\n{name}: {bytes}");
        Assert.Equal(golden, bytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_sent_or_stored_before_is_read_without_loss(string name)
    {
        var golden = Golden[name];

        Assert.Equal(golden, Convert.ToBase64String(Find(name).Rewrite(Serializer, Convert.FromBase64String(golden))));
    }

    [Theory]
    [MemberData(nameof(OlderNames))]
    public void What_an_older_release_sent_or_stored_is_read_as_the_same(string name)
    {
        var sample = name[..^Older.Length];

        Assert.Equal(Golden[sample], Convert.ToBase64String(Find(sample).Rewrite(Serializer, Convert.FromBase64String(Golden[name]))));
    }

    [Fact]
    public void No_sample_was_dropped()
    {
        Assert.Empty(Golden.Keys.Except(OlderNames.Select(name => name.Data)).Except(Samples.All.Select(sample => sample.Name)));
    }

    public void Dispose() => _services.Dispose();

    private static Sample Find(string name) => Samples.All.Single(sample => sample.Name == name);

    private static Dictionary<string, string> Read()
    {
        using var text = new StreamReader(typeof(GoldenBytesTests).Assembly.GetManifestResourceStream("golden-bytes.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")).ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
