namespace Hearth.WebFrontend.Tests.Shipping;

/// <summary>The repository's files that are shipped or read beside the programs.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

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
