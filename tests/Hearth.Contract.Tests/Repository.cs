namespace Hearth.Contract.Tests;

/// <summary>Finds the programs under test, built in the same configuration as the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The tests' configuration in lower case, as in the folders of <c>artifacts</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    /// <summary>Path of a program's assembly, such as <c>Hearth.WebFrontend</c>.</summary>
    public static string Program(string assembly) => Path.Combine(Root, "artifacts", "bin", assembly, Configuration, assembly + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests holds Orleans.sln.");
        }

        return folder.FullName;
    }
}
