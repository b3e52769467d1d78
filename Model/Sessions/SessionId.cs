using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Model.Sessions;

/// <summary>
/// The secret that names a session: 256 random bits in 43 characters of base64url (RFC 4648, section 5), or a caller's own
/// 22 to 128 of <c>A-Z a-z 0-9 - _ . ~</c>, of which at least 128 bits are random. Whoever holds it holds the session, so it
/// is never stored, logged or made part of a grain's key; <see cref="Key"/> stands for it.
/// </summary>
public sealed class SessionId
{
    /// <summary>How many characters of an id may be shown, to tell a user's sessions apart.</summary>
    public const int ShownLength = 8;

    private const int Bytes = 32;
    private const int MinLength = 22;
    private const int MaxLength = 128;

    private SessionId(string secret) => Secret = secret;

    /// <summary>The id as its owner presents it.</summary>
    public string Secret { get; }

    /// <summary>The first 8 characters, 48 bits, which open nothing.</summary>
    public string Shown => Secret[..ShownLength];

    /// <summary>The SHA-256 of the id in base64url: the key of its grain and of its row.</summary>
    public string Key => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    /// <summary>Makes an id that nobody can guess.</summary>
    public static SessionId New()
    {
        Span<byte> bits = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bits);
        return new SessionId(Base64Url.EncodeToString(bits));
    }

    /// <summary>Whether a text has the form of an id. One that has not names no session.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionId? id)
    {
        var isId = text is { Length: >= MinLength and <= MaxLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~');
        id = isId ? new SessionId(text!) : null;
        return isId;
    }

    /// <summary>The shown part only, so that an id written to a log by mistake opens nothing.</summary>
    public override string ToString() => Shown + "…";
}
