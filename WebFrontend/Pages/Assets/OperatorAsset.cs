namespace Hearth.WebFrontend.Pages.Assets;

/// <param name="Bytes">The file.</param>
/// <param name="Brotli">The file, compressed.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record OperatorAsset(byte[] Bytes, byte[] Brotli, string MediaType);
