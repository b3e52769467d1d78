using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetArchTest.Rules;

namespace Hearth.WebFrontend.Tests.Shipping;

/// <summary>The table of projects in <c>docs/architecture.md</c> against the projects and their types.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Stores = ["Npgsql", "StackExchange.Redis", "Microsoft.Data.Sqlite"];

    /// <summary>Which projects each may know of, by the project's folder.</summary>
    private static readonly Dictionary<string, string[]> Table = ReadTable();

    private static readonly string[] Libraries = [.. Table.Keys.Where(project => !project.Contains('/', StringComparison.Ordinal))];

    public static TheoryData<string> Projects => [.. Table.Keys];

    public static TheoryData<string> Assemblies => [.. Libraries];

    public static TheoryData<string, string[]> Foreign => new()
    {
        { "Model", [.. Stores, "Orleans", "Microsoft.AspNetCore"] },
        { "GrainInterfaces", [.. Stores, "Microsoft.AspNetCore"] },
        { "Grains", [.. Stores, "Microsoft.AspNetCore"] },
        { "Storage", ["Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Components"] },
        { "Silo", [.. Stores, "Microsoft.AspNetCore.Components"] },
        { "AspNetCore", [.. Stores, "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Mvc.Razor"] },
        { "WebFrontend", Stores },
    };

    [Fact]
    public void The_table_has_every_project_that_is_packed_or_run()
    {
        var projects = Directory.GetFiles(SourceTree.Root, "Hearth.*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SourceTree.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.StartsWith("tests/", StringComparison.Ordinal) && !folder.StartsWith("bench/", StringComparison.Ordinal));

        Assert.Equal(projects.Order(StringComparer.Ordinal), Table.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_those_that_it_may_know_of(string project)
    {
        var references = XDocument.Load(Directory.GetFiles(Path.Combine(SourceTree.Root, project), "*.csproj").Single())
            .Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value.Split('/')[^2]);

        Assert.Empty(references.Except(Table[project]));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_type_uses_those_projects_that_its_own_may_know_of(string project) =>
        AssertUsesNone(project, [.. Libraries.Except(Table[project]).Where(other => other != project).Select(other => $"Hearth.{other}")]);

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_type_uses_no_library_that_has_no_place_in_its_project(string project, string[] libraries) => AssertUsesNone(project, libraries);

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Grains_are_in_one_project_and_their_interfaces_in_another(string project)
    {
        var grains = Types.InAssembly(Load(project)).That().Inherit<Grain>().GetTypes();
        var contracts = Types.InAssembly(Load(project)).That().AreInterfaces().And().ImplementInterface<IAddressable>().GetTypes();

        Assert.Equal(project == "Grains", grains.Any());
        Assert.Equal(project == "GrainInterfaces", contracts.Any());
    }

    private static void AssertUsesNone(string project, string[] forbidden)
    {
        var types = Types.InAssembly(Load(project)).That().ResideInNamespace($"Hearth.{project}");
        Assert.NotEmpty(types.GetTypes());

        var result = types.Should().NotHaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, $"{project} uses what it must not know of in {string.Join(", ", result.FailingTypes.Select(type => $"{type.FullName} ({type.Explanation})"))}");
    }

    private static Assembly Load(string project) => Assembly.Load($"Hearth.{project}");

    private static Dictionary<string, string[]> ReadTable()
    {
        var rows = Row().Matches(SourceTree.Read("docs/architecture.md"))
            .ToDictionary(row => row.Groups[1].Value, row => Name().Matches(row.Groups[2].Value).Select(name => name.Value).ToArray());
        return rows.ToDictionary(row => row.Key, row => row.Value.Where(rows.ContainsKey).ToArray());
    }

    [GeneratedRegex(@"^\| `([\w/]+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Name();
}
