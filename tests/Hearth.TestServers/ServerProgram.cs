namespace Hearth.TestServers;

/// <summary>Finds a server's program on the PATH.</summary>
public static class ServerProgram
{
    /// <summary>The program's path; null where it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
