using System.Text.RegularExpressions;

namespace Hearth.WebFrontend.Tests.Shipping;

/// <summary>The figures that the code measures against what explains, watches and draws them.</summary>
public sealed partial class FiguresTests
{
    private static readonly string[] Projects = ["Model", "GrainInterfaces", "Grains", "Storage", "Silo", "AspNetCore", "WebFrontend"];

    private static readonly string[] Measured = InCode();

    [Fact]
    public void Every_figure_is_explained_and_no_other()
    {
        Assert.Equal(Measured, Named("docs/operations.md"));
    }

    [Theory]
    [InlineData("deploy/monitoring/alerts.yml")]
    [InlineData("deploy/monitoring/alerts.test.yml")]
    [InlineData("deploy/monitoring/grafana-dashboard.json")]
    public void What_is_watched_is_measured(string file)
    {
        var named = Named(file);

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Measured));
    }

    [Fact]
    public void Every_alert_has_a_place_in_the_operators_guide()
    {
        var guide = SourceTree.Read("docs/operations.md");
        var anchors = Heading().Matches(guide).Select(heading => heading.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        var rules = SourceTree.Read("deploy/monitoring/alerts.yml");

        Assert.All(Alert().Matches(rules), alert => Assert.Contains($"`{alert.Groups[1].Value}`", guide, StringComparison.Ordinal));
        Assert.All(Runbook().Matches(rules), place => Assert.Contains(place.Groups[1].Value, anchors));
    }

    /// <summary>Instruments by the name that Prometheus gives them, without the unit and what it adds to counters and histograms.</summary>
    private static string[] InCode() => [.. Projects
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, project), "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => Instrument().Matches(File.ReadAllText(file)))
        .Select(name => name.Groups[1].Value.Replace('.', '_')).Distinct().Order(StringComparer.Ordinal)];

    private static string[] Named(string file) => [.. Series().Matches(SourceTree.Read(file))
        .Select(name => Suffixes().Replace(name.Value, "")).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)(?:<[a-z]+>)?\\(\\s*\"(hearth\\.[a-z.]+)\"")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\bhearth_[a-z_]+\b")]
    private static partial Regex Series();

    [GeneratedRegex("(_seconds|_bytes)?(_total|_bucket|_count|_sum)?$")]
    private static partial Regex Suffixes();

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("alert: (Hearth[A-Za-z]+)")]
    private static partial Regex Alert();

    [GeneratedRegex("operations\\.md#([a-z-]+)")]
    private static partial Regex Runbook();
}
