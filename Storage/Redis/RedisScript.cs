using System.Text;

namespace Hearth.Storage.Redis;

/// <summary>A Lua script from <c>Redis/Scripts</c>. The client sends its text once to a server and then its hash.</summary>
internal sealed class RedisScript
{
    private RedisScript(string text) => Text = text;

    public string Text { get; }

    /// <param name="name">The file's name without its ending.</param>
    public static RedisScript Load(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(name + ".lua")
            ?? throw new InvalidOperationException($"There is no script {name}.lua in this assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new RedisScript(reader.ReadToEnd());
    }
}
