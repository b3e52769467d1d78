using System.Text;

namespace Hearth.Model.Categories;

/// <summary>
/// The rule for names of categories and products: 1 to 4,096 bytes of UTF-8 without U+0000. Tabs, newlines and every
/// other character are the caller's business and come back byte for byte.
/// </summary>
public static class CategoryName
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 4096;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Says what is wrong with a name, or null where nothing is.</summary>
    /// <param name="name">The name as the caller spells it.</param>
    public static string? Problem(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "must not be empty";
        }

        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return "must not contain U+0000";
        }

        try
        {
            return name.Length > MaxBytes || Strict.GetByteCount(name) > MaxBytes ? $"must be at most {MaxBytes} bytes of UTF-8" : null;
        }
        catch (EncoderFallbackException)
        {
            return "must be valid Unicode";
        }
    }
}
