using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Hearth.WebFrontend.Pages.Assets;

/// <summary>
/// The pages' scripts and styles, embedded. All stand under one version, a hash of them all, so that modules find each
/// other by relative names and browsers may keep them for good. Read when the first page is asked for.
/// </summary>
internal sealed class OperatorAssets
{
    private const string Prefix = "operator/";

    private readonly Lazy<(string Version, Dictionary<string, OperatorAsset> Files)> _loaded = new(Load);

    public string Version => _loaded.Value.Version;

    public string PathOf(string file) => $"/operator/assets/{Version}/{file}";

    public OperatorAsset? Find(string version, string file) => version == Version ? _loaded.Value.Files.GetValueOrDefault(file) : null;

    private static (string Version, Dictionary<string, OperatorAsset> Files) Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new Dictionary<string, OperatorAsset>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            files.Add(name[Prefix.Length..], new OperatorAsset(bytes, Compress(bytes), MediaType(name)));
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6)), files);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            brotli.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static string MediaType(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
}
