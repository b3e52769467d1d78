using System.Collections;
using System.Collections.Immutable;
using System.Text;
using Hearth.Model.Categories;
using Hearth.Model.Storage;

namespace Hearth.Grains.Categories;

/// <summary>
/// The lines of an import so far, packed: they take little more than the file does, and a fifth of what they take as
/// objects. Knows when some of them were lost with an earlier activation.
/// </summary>
internal sealed class ImportLines : IReadOnlyCollection<ImportLine>
{
    private readonly List<byte[]> _chunks = [];

    public int Count { get; private set; }

    public void Add(int taken, ImmutableArray<ImportLine> lines)
    {
        Confirm(taken);
        _chunks.Add(Pack(lines));
        Count += lines.Length;
    }

    /// <exception cref="StoreUnavailableException">Lines were lost.</exception>
    public IReadOnlyCollection<ImportLine> Confirm(int taken) => taken == Count ? this
        : throw new StoreUnavailableException($"The import was interrupted: of {taken} lines, {Count} are left. Nothing was changed.");

    public IEnumerator<ImportLine> GetEnumerator() => _chunks.SelectMany(Unpack).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>No id is empty, so an empty one stands for none.</summary>
    private static byte[] Pack(ImmutableArray<ImportLine> lines)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var line in lines)
            {
                writer.Write7BitEncodedInt(line.Number);
                writer.Write(line.Id);
                writer.Write(line.Above ?? "");
                writer.Write(line.Name);
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<ImportLine> Unpack(byte[] chunk)
    {
        using var bytes = new MemoryStream(chunk);
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        while (bytes.Position < chunk.Length)
        {
            var (number, id, above, name) = (reader.Read7BitEncodedInt(), reader.ReadString(), reader.ReadString(), reader.ReadString());
            yield return new ImportLine(number, id, above.Length == 0 ? null : above, name);
        }
    }
}
