using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Hearth.AspNetCore.Hosting;

/// <summary>
/// Turns a site's keys into the keys of grains: any string becomes a valid id of fixed length, and what the site spelled,
/// which may name a session, is in no log, metric or store.
/// </summary>
internal sealed class HiddenKey(IOptions<HearthOptions> options)
{
    private readonly string _site = options.Value.Site;

    /// <param name="kind">What the key is of; keys of different kinds never meet.</param>
    /// <param name="key">The key as the site spells it.</param>
    public string Of(string kind, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];

        // UTF-16, since a key need not be valid Unicode. No kind or site contains the separator's character.
        SHA256.HashData(MemoryMarshal.AsBytes($"{kind}\0{_site}\0{key}".AsSpan()), hash);
        return kind + "-" + Base64Url.EncodeToString(hash);
    }
}
