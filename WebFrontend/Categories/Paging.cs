using System.Buffers.Text;
using System.Text;
using Hearth.Model.Categories;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Categories;

/// <summary>The cursors of paged answers. They are base64url of what the last entry of a page is sorted by.</summary>
internal static class Paging
{
    private const char Separator = '\0';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Cursor(string first, string second) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(first + Separator + second));

    /// <summary>Reads a cursor that <see cref="Cursor"/> made.</summary>
    /// <exception cref="InvalidRequestException">It did not.</exception>
    public static (string First, string Second) Parse(string cursor)
    {
        try
        {
            var text = Strict.GetString(Base64Url.DecodeFromChars(cursor));
            var separator = text.LastIndexOf(Separator);
            return separator >= 0 ? (text[..separator], text[(separator + 1)..]) : throw Unreadable();
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            throw Unreadable();
        }
    }

    public static ProductCursor ProductsAfter(string? after, ProductSort sort)
    {
        if (after is null)
        {
            return ProductCursor.Start;
        }

        if (sort == ProductSort.Id)
        {
            return new ProductCursor("", Ids.Check("after", after));
        }

        var (name, id) = Parse(after);
        return new ProductCursor(name, id);
    }

    public static InvalidRequestException Unreadable() => new("after", "Give the next of the page before, as it stands there.");
}
