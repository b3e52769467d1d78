using System.Security.Cryptography;
using System.Text;
using Hearth.WebFrontend.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Hearth.WebFrontend.Pages.SignIn;

/// <summary>
/// Protects cookies and tokens with a key derived from the admin keys (HKDF, RFC 5869, and AES-GCM), so that every front
/// end understands every other's, a restart signs nobody out, and changing the admin keys signs everybody out. Only who
/// has signed in is ever given anything protected.
/// </summary>
internal sealed class AdminKeyProtection : IDataProtectionProvider, IDataProtector
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = NonceBytes + TagBytes;

    private readonly byte[] _key;

    public AdminKeyProtection(IOptions<KeysOptions> options)
        : this(options.Value.Admin is { Length: > 0 } keys
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(string.Join('\n', keys.Order(StringComparer.Ordinal))), KeyBytes, info: "hearth operator"u8.ToArray())
            : RandomNumberGenerator.GetBytes(KeyBytes))
    {
    }

    private AdminKeyProtection(byte[] key) => _key = key;

    public IDataProtector CreateProtector(string purpose) =>
        new AdminKeyProtection(HKDF.Expand(HashAlgorithmName.SHA256, _key, KeyBytes, Encoding.UTF8.GetBytes(purpose)));

    public byte[] Protect(byte[] plaintext)
    {
        var data = new byte[HeaderBytes + plaintext.Length];
        RandomNumberGenerator.Fill(data.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(data.AsSpan(0, NonceBytes), plaintext, data.AsSpan(HeaderBytes), data.AsSpan(NonceBytes, TagBytes));
        return data;
    }

    /// <exception cref="CryptographicException">It was not protected with these admin keys for this purpose.</exception>
    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < HeaderBytes)
        {
            throw new CryptographicException("It is too short.");
        }

        var data = protectedData.AsSpan();
        var plaintext = new byte[data.Length - HeaderBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(data[..NonceBytes], data[HeaderBytes..], data[NonceBytes..HeaderBytes], plaintext);
        return plaintext;
    }
}
