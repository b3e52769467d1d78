using System.Text;
using CsCheck;
using Hearth.Model.Ids;

namespace Hearth.Model.Tests.Ids;

public sealed class Utf8OrderTests
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.Char['a', 'c'].Select(c => $"{c}"), Gen.Char['\uE000', '\uFFFD'].Select(c => $"{c}"), Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32))
        .Array[0, 6].Select(string.Concat);

    [Fact]
    public void Strings_order_as_their_bytes_do() =>
        Gen.Select(Text, Text).Sample((x, y) =>
            Math.Sign(Utf8Order.Instance.Compare(x, y)) == Math.Sign(Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))));
}
