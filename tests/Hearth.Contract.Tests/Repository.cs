namespace Hearth.Contract.Tests;

/// <summary>Finds the programs under test, built in the same configuration as the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Path of a program's assembly, such as <c>Hearth.WebFrontend</c>.</summary>
    public static string Program(string assembly)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        return Path.Combine(Root, "artifacts", "bin", assembly, configuration, assembly + ".dll");
    }

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
