using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.WebFrontend.Tests.Shipping;

/// <summary>The table of <c>docs/configuration.md</c> against the code.</summary>
public sealed partial class ConfigurationTableTests
{
    private static readonly Dictionary<string, string> Documented = Rows();

    [Fact]
    public void Every_setting_stands_in_the_table_and_no_other()
    {
        Assert.Equal(Settings.Defaults.Keys.Order(StringComparer.Ordinal), Documented.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_gives_each_default_as_a_configuration_may_spell_it()
    {
        Assert.All(Documented, row => Assert.Equal(Settings.Defaults[row.Key], Parse(row.Value, Settings.Defaults[row.Key])));
    }

    private static object? Parse(string text, object? like) => text == "none" || like is null
        ? null
        : TypeDescriptor.GetConverter(like.GetType()).ConvertFromString(null, CultureInfo.InvariantCulture, text.Trim('`'));

    /// <summary>A row names one key, or several of the same default: <c>| `Keys:App`, `Keys:Admin` | none | ...</c>.</summary>
    private static Dictionary<string, string> Rows() => SourceTree.Read("docs/configuration.md").Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|'))
        .SelectMany(cells => Key().Matches(cells[1]).Select(key => (Key: key.Groups[1].Value, Default: cells[2].Trim())))
        .ToDictionary(row => row.Key, row => row.Default);

    [GeneratedRegex("`([A-Za-z]+:[A-Za-z]+)`")]
    private static partial Regex Key();
}
