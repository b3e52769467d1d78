using System.IO.Pipelines;
using Hearth.Model.Caching;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Caching;

/// <summary>A request's body as it came, read before the handler, which may be called twice.</summary>
internal sealed record CacheBody(ReadOnlyMemory<byte> Value, string? ContentType)
{
    public static async ValueTask<CacheBody?> BindAsync(HttpContext context) =>
        new CacheBody(await ReadBody(context.Request), context.Request.ContentType);

    /// <summary>A media type goes back in a header as it came, which only printable ASCII can (RFC 9110, section 5.5).</summary>
    public static string? CheckContentType(string field, string? contentType) => contentType switch
    {
        null or "" => null,
        _ when contentType.All(c => c is '\t' or (>= ' ' and <= '~')) => contentType,
        _ => throw new InvalidRequestException(field, "Must be printable ASCII."),
    };

    private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request)
    {
        var bytes = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, CachingOptions.MaxValueBytes));
        ReadResult read;
        do
        {
            read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (bytes.Length + read.Buffer.Length > CachingOptions.MaxValueBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw new BadHttpRequestException(
                    $"A value has at most {CachingOptions.MaxValueBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
            }

            foreach (var segment in read.Buffer)
            {
                bytes.Write(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }
}
