using System.Text;

namespace Hearth.AspNetCore.Tests;

/// <summary>Everything in one process, on SQLite.</summary>
public class EmbeddedSite : Site
{
    protected virtual TimeProvider Clock => Time;

    public override async ValueTask InitializeAsync() => await StartFrontEnd(Clock);

    public override async Task<string> Dump()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(DataDirectory, "state.db*").Concat(Directory.EnumerateFiles(DataDirectory, "log.db*")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
