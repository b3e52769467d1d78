using CsCheck;
using Hearth.Model.Views;
using Hearth.Storage.Views;

namespace Hearth.Storage.Tests.Views;

public sealed class ViewEntryEncodingTests
{
    private static readonly Gen<AppendedView> View = Gen.Select(
        Gen.Char['a', '\u0800'].Array[1, 128], Gen.Int[0, DateOnly.MaxValue.DayNumber], Gen.Char['A', 'Z'].Array[0, 32], Gen.ULong, Gen.Int[1, 1_000_000],
        (page, day, location, visitor, count) => new AppendedView(
            new string(page), new PageView(DateOnly.FromDayNumber(day), new string(location), visitor % 3 == 0 ? null : visitor, count), null));

    [Fact]
    public void What_is_decoded_is_what_was_encoded() => View.Array[0, 20].Sample(views =>
        ViewEntryEncoding.Decode(ViewEntryEncoding.Encode(views, [])).SequenceEqual(views.Select(view => new LoggedView(view.Page, view.View))));

    [Fact]
    public void Views_left_out_are_not_in_the_entry() => View.Array[3, 6].Sample(views =>
        ViewEntryEncoding.Decode(ViewEntryEncoding.Encode(views, [0, 2])).Select(view => view.Page)
            .SequenceEqual(views.Where((_, i) => i is not 0 and not 2).Select(view => view.Page)));

    [Fact]
    public void Damaged_bytes_are_refused_and_nothing_else_happens() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        try
        {
            ViewEntryEncoding.Decode(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }
    });

    [Fact]
    public void An_entry_of_a_newer_version_is_refused() =>
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => ViewEntryEncoding.Decode([2])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_bytes_of_version_1_never_change()
    {
        var view = new AppendedView("/é", new PageView(new DateOnly(2026, 11, 22), "DE", 0x0102030405060708, 300), null);

        Assert.Equal("01032FC3A9E5942DD9040244450807060504030201", Convert.ToHexString(ViewEntryEncoding.Encode([view], [])));
    }
}
