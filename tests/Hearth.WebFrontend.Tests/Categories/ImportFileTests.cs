using System.IO.Pipelines;
using System.Text;
using CsCheck;
using Hearth.Model.Categories;
using Hearth.WebFrontend.Categories;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Tests.Categories;

public sealed class ImportFileTests
{
    private const string Header = "id\tparent_id\tname\n";

    /// <summary>As a spreadsheet writes a name with quotation marks, a comma, a tab or a line break in it.</summary>
    [Theory]
    [InlineData("a\t\t\"6\"\" spade, \"\"red\"\"\"\n", "6\" spade, \"red\"")]
    [InlineData("a\t\t\"one\ttwo\"\r\n", "one\ttwo")]
    [InlineData("\"a\"\t\"\"\t\"one\ntwo\r\nthree\"\r\n", "one\ntwo\r\nthree")]
    [InlineData("a\t\t\"\n\n\"\n", "\n\n")]
    [InlineData("a\t\t\"\"\"\"", "\"")]
    [InlineData("a\t\tA 6\" spade\n", "A 6\" spade")]
    [InlineData("a\t\tA \"\" spade", "A \"\" spade")]
    [InlineData("a\t\tPlain\r\n", "Plain")]
    public async Task A_quoted_cell_holds_what_stands_between_its_quotation_marks(string rows, string name)
    {
        var line = Assert.Single(await Read(Header + rows));

        Assert.Equal(("a", null, name), (line.Id, line.Above, line.Name));
    }

    [Theory]
    [InlineData("a\t\tA\n\n")]
    [InlineData("a\t\tA\r\n\r\n\r\n")]
    [InlineData("a\t\tA\n\n\n\n\n")]
    public async Task Blank_lines_at_the_end_are_no_rows(string rows) => Assert.Single(await Read(Header + rows));

    [Fact]
    public async Task The_header_may_be_quoted_too() => Assert.Single(await Read("\"id\"\t\"parent_id\"\t\"name\"\r\na\t\tA\r\n"));

    [Fact]
    public async Task A_row_is_named_by_the_line_it_begins_with()
    {
        var lines = await Read(Header + "a\t\t\"one\ntwo\"\nb\t\tB\n");

        Assert.Equal([2, 4], lines.Select(line => line.Number));
    }

    [Theory]
    [InlineData("a\t\tA\n\nb\t\tB\n", "Line 3: It is blank")]
    [InlineData("a\t\tA\nb\t\t\"B\n", "Line 3: A cell begins with a quotation mark and has none")]
    [InlineData("a\t\tA\nb\t\t\"B\" or C\nc\t\tC\n", "Line 3: A cell that begins with a quotation mark ends with one")]
    [InlineData("a\t\tA\nb\t\t\"B\"\t\n", "Line 3: It has 4 columns")]
    [InlineData("\"\"\t\tA\n", "Line 2: The id must not be empty")]
    public async Task A_row_that_is_none_is_named(string rows, string reason)
    {
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => Read(Header + rows));

        Assert.StartsWith(reason, refused.Errors["body"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_is_never_closed_is_refused_before_the_file_is_in_memory()
    {
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => Read(Header + "a\t\t\"" + new string('\n', 100_000) + "\"\n"));

        Assert.StartsWith("Line 2:", refused.Errors["body"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Google_s_text_may_end_in_blank_lines_and_has_none_before()
    {
        Assert.Equal(2, (await Google("# version\n1 - A\r\n2 - A > B\r\n\r\n")).Count);
        await Assert.ThrowsAsync<InvalidRequestException>(() => Google("1 - A\n\n2 - A > B\n"));
    }

    /// <summary>Any names, quoted as RFC 4180 has it, come back as they were.</summary>
    [Fact]
    public Task Names_of_any_characters_come_back() =>
        Gen.String[Gen.Char["\"\t\naé ,"], 1, 12].Where(name => name.Length > 0).Array[1, 6].SampleAsync(async names =>
        {
            var file = Header + string.Concat(names.Select((name, i) => $"{i}\t\t\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n"));

            var read = await Read(file);

            return read.Select(line => line.Name).SequenceEqual(names);
        });

    private static Task<List<ImportLine>> Read(string file) => Lines(ImportFile.Categories(LinesOf(file)));

    private static Task<List<ImportLine>> Google(string file) => Lines(ImportFile.GoogleTaxonomy(LinesOf(file)));

    private static IAsyncEnumerable<(int, string)> LinesOf(string file) =>
        LineReader.Read(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(file))), TestContext.Current.CancellationToken);

    private static async Task<List<ImportLine>> Lines(IAsyncEnumerable<ImportLine> lines) => await lines.ToListAsync();
}
