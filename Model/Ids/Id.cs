using System.Text;

namespace Hearth.Model.Ids;

/// <summary>
/// The rule that every id keeps (user, page, category, product, cache key): the caller's own string of 1 to 256 bytes
/// of UTF-8 without control characters, compared byte by byte.
/// </summary>
public static class Id
{
    /// <summary>The longest id, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    /// <summary>Says what is wrong with an id, or null where nothing is.</summary>
    /// <param name="id">The id as the caller spells it.</param>
    public static string? Problem(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return "must not be empty";
        }

        if (id.Length > MaxBytes || Encoding.UTF8.GetByteCount(id) > MaxBytes)
        {
            return $"must be at most {MaxBytes} bytes of UTF-8";
        }

        for (var i = 0; i < id.Length; i++)
        {
            if (char.IsControl(id[i]))
            {
                return "must not contain control characters";
            }

            if (char.IsSurrogate(id[i]) && !(char.IsHighSurrogate(id[i]) && i + 1 < id.Length && char.IsLowSurrogate(id[++i])))
            {
                return "must be valid Unicode";
            }
        }

        return null;
    }
}
