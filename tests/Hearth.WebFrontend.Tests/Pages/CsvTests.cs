using System.Text;
using Hearth.WebFrontend.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.WebFrontend.Tests.Pages;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x,y", "\"'@x,y\"")]
    public void A_text_is_quoted_where_it_must_be_and_never_a_formula(string text, string field)
    {
        var file = Assert.IsType<FileContentHttpResult>(Csv.File("name", ["id"], [[text]]));

        Assert.Equal($"id\r\n{field}\r\n", Encoding.UTF8.GetString(file.FileContents.Span));
        Assert.Equal("name.csv", file.FileDownloadName);
    }
}
