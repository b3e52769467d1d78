using System.Text;

namespace Hearth.Storage.Redis;

/// <summary>A Lua script from <c>Redis/Scripts</c>. The client sends its text once to a server and then its hash.</summary>
internal sealed class RedisScript
{
    private RedisScript(string text) => Text = text;

    public string Text { get; }

    /// <param name="names">The file's name without its ending, after those of files whose functions it uses.</param>
    public static RedisScript Load(params string[] names) => new(string.Join('\n', names.Select(Read)));

    private static string Read(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(name + ".lua")
            ?? throw new InvalidOperationException($"There is no script {name}.lua in this assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
