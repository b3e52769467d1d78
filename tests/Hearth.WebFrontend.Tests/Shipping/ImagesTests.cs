using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hearth.WebFrontend.Tests.Shipping;

/// <summary>The images, the compose file and the manifests against the code that they run.</summary>
public sealed partial class ImagesTests
{
    [Theory]
    [InlineData("Silo")]
    [InlineData("WebFrontend")]
    public void An_image_is_built_from_every_project_that_its_program_refers_to_and_from_no_other(string program)
    {
        var projects = Projects(program).Order(StringComparer.Ordinal);
        var dockerfile = SourceTree.Read($"{program}/Dockerfile");

        Assert.Equal(projects, Copied().Matches(dockerfile).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Equal(projects, Restored().Matches(dockerfile).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_context_holds_the_projects_of_both_images_and_what_every_build_reads()
    {
        var allowed = SourceTree.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]);

        string[] needed = [".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "global.json", .. Projects("WebFrontend")];
        Assert.Equal(needed.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("Silo/Dockerfile")]
    [InlineData("WebFrontend/Dockerfile")]
    [InlineData("deploy/kubernetes/settings.yaml")]
    [InlineData("deploy/kubernetes/silo.yaml")]
    [InlineData("deploy/kubernetes/frontend.yaml")]
    public void What_is_set_from_outside_is_a_setting_of_the_code(string file)
    {
        var named = Variable().Matches(SourceTree.Read(file)).Select(match => $"{match.Groups[1].Value}:{match.Groups[2].Value}").ToArray();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Settings.Defaults.Keys));
    }

    private static HashSet<string> Projects(string project, HashSet<string>? found = null)
    {
        found ??= [];
        if (found.Add(project))
        {
            var file = Directory.GetFiles(Path.Combine(SourceTree.Root, project), "*.csproj").Single();
            foreach (var reference in XDocument.Load(file).Descendants("ProjectReference"))
            {
                Projects(reference.Attribute("Include")!.Value.Split('/')[^2], found);
            }
        }

        return found;
    }

    [GeneratedRegex(@"^COPY (\w+) \1$", RegexOptions.Multiline)]
    private static partial Regex Copied();

    [GeneratedRegex(@"^COPY (\w+)/\*\.csproj \1/packages\.lock\.json \1/$", RegexOptions.Multiline)]
    private static partial Regex Restored();

    [GeneratedRegex(@"\b([A-Z][A-Za-z]+)__([A-Z][A-Za-z]+)(__\d+)?\b")]
    private static partial Regex Variable();
}
