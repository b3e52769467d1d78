using System.IO.Pipelines;
using Hearth.Model.Caching;

namespace Hearth.WebFrontend.Caching;

/// <summary>A request's body as it came, read before the handler, which may be called twice.</summary>
internal sealed record CacheBody(ReadOnlyMemory<byte> Value, string? ContentType)
{
    public static async ValueTask<CacheBody?> BindAsync(HttpContext context) =>
        new CacheBody(await ReadBody(context.Request), context.Request.ContentType);

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
