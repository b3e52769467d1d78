using CsCheck;
using Hearth.Model.Views;
using Hearth.Storage.Views;

namespace Hearth.Storage.Tests.Views;

public sealed class ViewEntryEncodingTests
{
    private static readonly Gen<AppendedView> View = Gen.Select(
        Gen.Char['a', '\u0800'].Array[1, 128], Gen.Int[0, DateOnly.MaxValue.DayNumber], Gen.Char['A', 'Z'].Array[0, 32], Gen.ULong, Gen.Int[1, 1_000_000],
        Gen.Select(Gen.Int[-14, 38], Gen.Bool), Gen.Select(Gen.Char['a', 'z'].Array[0, 4], Gen.Char['\u00E0', '\u00FF'].Array[0, 4]),
        (page, day, location, visitor, count, how, from) => new AppendedView(
            new string(page),
            new PageView(DateOnly.FromDayNumber(day), new string(location), visitor % 3 == 0 ? null : visitor, count) with
            {
                Hour = ViewHour.FirstOf(DateOnly.FromDayNumber(day)) + how.Item1,
                Traffic = how.Item2 ? Traffic.Bot : Traffic.Human,
                Referrer = new string(from.Item1),
                Campaign = new string(from.Item2),
            },
            null));

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
        Assert.Contains("version 3", Assert.Throws<InvalidDataException>(() => ViewEntryEncoding.Decode([3])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_bytes_of_version_1_are_read_for_ever()
    {
        var view = new LoggedView("/é", new PageView(new DateOnly(2026, 11, 22), "DE", 0x0102030405060708, 300));

        Assert.Equal([view], ViewEntryEncoding.Decode(Convert.FromHexString("01032FC3A9E5942DD9040244450807060504030201")));
    }

    [Fact]
    public void The_bytes_of_version_2_never_change()
    {
        var view = new PageView(new DateOnly(2026, 11, 22), "DE", 0x0102030405060708, 300);
        var bot = view with { Visitor = null, Hour = view.Hour + 14, Traffic = Traffic.Bot, Referrer = "example.org", Campaign = "é" };

        Assert.Equal(
            "02032FC3A9E5942DD904024445080706050403020160" + "032FC3A9E5942DD804024445" + "9B01" + "0B6578616D706C652E6F7267" + "02C3A9",
            Convert.ToHexString(ViewEntryEncoding.Encode([new AppendedView("/é", view, null), new AppendedView("/é", bot, null)], [])));
    }
}
