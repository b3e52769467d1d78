using Hearth.WebFrontend.Categories;

namespace Hearth.WebFrontend.Tests.Categories;

public sealed class TsvLineTests
{
    [Theory]
    [InlineData("a\tb\tc", "a", "b", "c")]
    [InlineData("a\t\tc", "a", "", "c")]
    [InlineData("a\t\t", "a", "", "")]
    [InlineData("", "")]
    [InlineData("a\t\t\"5\"\" cable\"", "a", "", "5\" cable")]
    [InlineData("\"a\"\t\"b\tc\"\td", "a", "b\tc", "d")]
    [InlineData("a\t\t\"\"", "a", "", "")]
    [InlineData("a\t\t\"\"\"\"", "a", "", "\"")]
    [InlineData("a\t\t5\" cable", "a", "", "5\" cable")]
    [InlineData("a\t\t\"Best\" of 2026", "a", "", "\"Best\" of 2026")]
    [InlineData("a\t\t\"open", "a", "", "\"open")]
    public void Cells_are_read_as_spreadsheets_write_them(string line, params string[] cells) => Assert.Equal(cells, TsvLine.Cells(line));
}
