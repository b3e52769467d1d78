using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearth.Contract.Tests.Categories;

/// <summary>"Categories" of the HTTP contract. Every test has a root of its own.</summary>
public abstract class CategoriesContract(HearthServer server)
{
    private readonly string _root = HearthServer.Fresh("root");

    private HttpClient Client => server.Client;

    [Fact]
    public async Task A_new_category_is_answered_whole_and_found_where_the_location_says()
    {
        await Client.PostCategory(_root, null, "Root 🔥\t\n");
        using var created = await Client.PostCategory($"{_root}/é", _root, "Child");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var body = await created.Json();
        var found = await Client.Json(created.Headers.Location!.ToString());
        Assert.Equal(body.ToJsonString(), found.ToJsonString());
        Assert.Equal($"{_root}/é", (string)found["id"]!);
        Assert.Equal(2, (int)found["depth"]!);
        Assert.Equal("Root 🔥\t\n", (string)found["path"]![0]!["name"]!);
        Assert.Equal(1, (int)(await Client.Json($"/categories/{_root}"))["descendantCount"]!);
        Assert.Contains(_root, (await Client.Json("/categories"))["categories"].Ids());
    }

    [Fact]
    public async Task An_id_is_made_where_none_is_given()
    {
        using var first = await Client.PostCategory(null, null);
        using var second = await Client.PostCategory(null, null);

        Assert.NotEqual((string)(await first.Json())["id"]!, (string)(await second.Json())["id"]!);
    }

    [Fact]
    public async Task Descendants_stand_in_pre_order_as_deep_as_asked()
    {
        await Tree("b:1", "a:2", "b/1:0", "b/2:0", "b/1/1:0");

        Assert.Equal(Names("b", "b/1", "b/1/1", "b/2", "a"), (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings());
        Assert.Equal(Names("b", "a"), (await Client.Json($"/categories/{_root}/descendants?depth=1"))["descendants"].Strings());
        Assert.Equal(Names("b", "b/1", "b/2", "a"), (await Client.Json($"/categories/{_root}/descendants?depth=2"))["descendants"].Strings());
        Assert.Equal(Names("b", "b/1", "b/1/1", "b/2", "a"), (await Client.Json("/categories/index"))["index"]![_root].Strings());
    }

    [Fact]
    public async Task Who_has_the_version_already_is_told_so()
    {
        await Tree("a:0");
        using var first = await Client.GetAsync($"/categories/{_root}/descendants");
        var tag = first.Headers.ETag!.Tag;
        Assert.Equal($"\"{(await first.Json())["version"]}\"", tag);

        foreach (var known in (string[])[tag, $"W/{tag}", $"\"other\", {tag}", "*"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/categories/{_root}/descendants");
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            using var again = await Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Fact]
    public async Task Children_are_paged_in_sibling_order()
    {
        await Tree("c:0", "b:1", "a:1", "d:2", "a/below:0");
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = await Client.Json($"/categories/{_root}/children?limit=2{(after is null ? "" : $"&after={after}")}");
            found.AddRange(page["categories"].Ids());
            after = (string?)page["next"];
        }
        while (after is not null);

        Assert.Equal(Names("c", "a", "b", "d"), found);
    }

    [Fact]
    public async Task A_move_takes_the_subtree_along_and_null_makes_a_root()
    {
        await Tree("a:0", "a/1:0", "b:1");

        using var moved = await Client.Patch($"{_root}a", $$"""{"parentId":"{{_root}}b"}""");
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Equal(Names("b", "a", "a/1"), (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings());

        using var renamed = await Client.Patch($"{_root}a", """{"name":"New","position":7}""");
        var body = await renamed.Json();
        Assert.Equal(("New", $"{_root}b", 7), ((string)body["name"]!, (string)body["parentId"]!, (int)body["position"]!));

        using var up = await Client.Patch($"{_root}a", """{"parentId":null}""");
        Assert.Null((await up.Json())["parentId"]);
        Assert.Equal(Names("b"), (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings());
    }

    [Fact]
    public async Task What_the_tree_does_not_allow_is_a_conflict()
    {
        await Tree("a:0", "a/1:0");

        Assert.Equal(HttpStatusCode.Conflict, (await Client.Patch(_root, $$"""{"parentId":"{{_root}}a/1"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.Patch(_root, $$"""{"parentId":"{{_root}}"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.Patch(_root, """{"parentId":"nowhere at all"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.PostCategory(_root, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.PostCategory(HearthServer.Fresh("x"), "nowhere at all")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.DeleteAsync($"/categories/{_root}?children=restrict")).StatusCode);
    }

    [Theory]
    [InlineData("adopt", "a/1")]
    [InlineData("cascade")]
    public async Task A_deletion_does_with_the_children_as_asked(string policy, params string[] left)
    {
        await Tree("a:0", "a/1:0");

        using var deleted = await Client.Remove($"{_root}a", $"?children={policy}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.NotNull(deleted.Headers.ETag);
        Assert.Equal(Names(left), (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings());
    }

    [Fact]
    public async Task A_write_can_be_read_with_its_version_and_one_that_never_comes_is_unavailable()
    {
        using var created = await Client.PostCategory(_root, null);
        var version = (long)(await created.Json())["version"]!;

        Assert.True((long)(await Client.Json($"/categories/{_root}?minVersion={version}"))["version"]! >= version);
        using var future = await Client.GetAsync($"/categories/{_root}?minVersion={version + 1_000_000_000}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, future.StatusCode);
        Assert.NotNull(future.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_import_takes_rows_in_any_order_and_counts_what_changed()
    {
        var file = $"\uFEFFid\tparent_id\tname\r\n{_root}2\t{_root}\tTwo\r\n{_root}1\t{_root}\tOne\r\n{_root}\t\tRoot";

        var first = await (await Client.Import("/categories/import", file)).Json();
        var second = await (await Client.Import("/categories/import", file.Replace("One", "Uno", StringComparison.Ordinal))).Json();

        Assert.Equal((3, 0, 0), ((int)first["created"]!, (int)first["updated"]!, (int)first["deleted"]!));
        Assert.Equal((0, 1, 0), ((int)second["created"]!, (int)second["updated"]!, (int)second["deleted"]!));
        Assert.Equal([$"{_root}2", $"{_root}1"], (await Client.Json($"/categories/{_root}/descendants?minVersion={second["version"]}"))["descendants"].Strings());
    }

    /// <summary>Cells that hold a comma, a quotation mark or a line break are quoted, and a blank line ends the file.</summary>
    [Fact]
    public async Task A_spreadsheet_s_file_is_imported()
    {
        var file = $"id\tparent_id\tname\r\n{_root}\t\t\"Nuts, \"\"raw\"\"\"\r\n\"{_root}-1\"\t{_root}\t\"Two\nlines\"\r\n\r\n";

        using var imported = await Client.Import("/categories/import", file);

        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.Equal("Nuts, \"raw\"", (string)(await Client.Json($"/categories/{_root}"))["name"]!);
        Assert.Equal("Two\nlines", (string)(await Client.Json($"/categories/{_root}-1"))["name"]!);
    }

    [Fact]
    public async Task Google_s_taxonomy_text_is_imported()
    {
        var file = $"# Google_Product_Taxonomy_Version: 2021-09-21\n{_root}2 - {_root} & Co > Live - Animals\n{_root}1 - {_root} & Co\n";

        using var imported = await Client.Import("/categories/import", file, "text/plain");

        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        var child = await Client.Json($"/categories/{_root}2");
        Assert.Equal(("Live - Animals", $"{_root}1"), ((string)child["name"]!, (string)child["parentId"]!));
    }

    [Theory]
    [InlineData("id\tname\n", "Line 1")]
    [InlineData("", "Line 1")]
    [InlineData("id\tparent_id\tname\n~a\t\tA\n~b\t~a\n", "Line 3")]
    [InlineData("id\tparent_id\tname\n~a\t\tA\n~a\t\tB\n", "Line 3")]
    [InlineData("id\tparent_id\tname\n~a\t~nowhere\tA\n", "Line 2")]
    [InlineData("id\tparent_id\tname\n~a\t~b\tA\n~b\t~a\tB\n", "Line 2")]
    [InlineData("id\tparent_id\tname\n~a\t~a\tA\n", "Line 2")]
    [InlineData("id\tparent_id\tname\n~a\t\tA\n\t\tB\n", "Line 3")]
    [InlineData("id\tparent_id\tname\n~a\t\t\n", "Line 2")]
    [InlineData("id\tparent_id\tname\n~a\t\tA\0\n", "Line 2")]
    [InlineData("id\tparent_id\tname\n~a\t\tA\nindex\t~a\tIndex\n", "Line 3")]
    public async Task A_bad_line_fails_the_whole_import_and_is_named(string file, string line)
    {
        using var refused = await Client.Import("/categories/import", file.Replace("~", _root, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(line, (string)(await refused.Json())["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/categories/{_root}a")).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_utf8_or_of_another_type_is_refused()
    {
        using var latin = new ByteArrayContent([.. Encoding.UTF8.GetBytes($"id\tparent_id\tname\n{_root}\t\t"), 0xE9, (byte)'\n']);
        latin.Headers.ContentType = new("text/tab-separated-values");

        Assert.Equal(HttpStatusCode.BadRequest, (await Client.PostAsync("/categories/import", latin)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Import("/categories/import", $"id\tparent_id\tname\n{_root}\t\t{new string('x', 100_000)}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Client.Import("/categories/import", "{}", "application/json")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Import("/categories/import", $"id\tparent_id\tname\n\n{_root}\t\tA")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Client.Import("/products/import", "{}", "text/plain")).StatusCode);
    }

    [Fact]
    public async Task A_category_cannot_take_the_place_of_the_whole_index()
    {
        using var refused = await Client.PostCategory("index", null);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull((await refused.Json())["errors"]!["id"]);
    }

    [Theory]
    [InlineData("/categories/import", "text/plain", "")]
    [InlineData("/categories/import", "text/plain", "# Google_Product_Taxonomy_Version: 2026\n")]
    [InlineData("/categories/import", "text/tab-separated-values", "")]
    [InlineData("/categories/import", "text/tab-separated-values", "id\tparent_id\tname\n\n\n")]
    [InlineData("/products/import", "text/tab-separated-values", "")]
    [InlineData("/products/import", "text/tab-separated-values", "id\tcategory_id\tname\n")]
    public async Task A_file_without_a_row_is_refused_and_changes_nothing(string path, string type, string file)
    {
        var before = await Client.GetStringAsync("/categories");
        foreach (var query in (string[])["", "?replace=true", "?replace=true&confirm=0"])
        {
            using var refused = await Client.Import(path + query, file, type);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Equal(before, await Client.GetStringAsync("/categories"));
    }

    [Fact]
    public async Task Spreadsheets_quotes_and_blank_lines_at_the_end_are_understood()
    {
        using var imported = await Client.Import("/categories/import", $"id\tparent_id\tname\r\n{_root}\t\t\"5\"\" cables\"\r\n\r\n");

        imported.EnsureSuccessStatusCode();
        Assert.Equal("5\" cables", (string)(await Client.GetFromJsonAsync<JsonObject>($"/categories/{_root}"))!["name"]!);
    }

    [Fact]
    public async Task Ids_and_names_of_any_unicode_come_back_byte_for_byte()
    {
        const string Odd = " \"quoted\\back/slash\u2028\U0001F525é%2F<&'>+~\uFFFD\u0301";
        var (id, name) = (_root + Odd, Odd + "\t\n\r\u0001\u007F\uFEFF\uFFFF");
        await Client.PostCategory(_root, null);
        await Client.PostCategory(id, _root, name);
        await Client.PostCategory(id + "2", id);

        var path = $"/categories/{Uri.EscapeDataString(id)}";
        var found = await Client.Json(path);
        Assert.Equal((id, name), ((string)found["id"]!, (string)found["name"]!));
        Assert.Equal([id, id + "2"], (await Client.Json($"/categories/{_root}/descendants"))["descendants"].Strings());
        Assert.Equal([id], (await Client.Json($"/categories/{_root}/descendants?depth=1"))["descendants"].Strings());
        Assert.Equal(id, (string)(await Client.Json($"{path}/descendants"))["id"]!);
        Assert.Equal([id + "2"], (await Client.Json("/categories/index"))["index"]![id].Strings());
        Assert.Equal(name, (string)(await Client.Json($"/categories/{_root}/children"))["categories"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"position":1.5}""")]
    [InlineData("""{"position":99999999999}""")]
    [InlineData("""{"parentId":""}""")]
    [InlineData("""{"parentId":7}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"name":""")]
    public async Task A_malformed_patch_is_refused(string json)
    {
        await Client.PostCategory(_root, null, "As it was");

        using var refused = await Client.Patch(_root, json);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("As it was", (string)(await Client.Json($"/categories/{_root}"))["name"]!);
    }

    [Theory]
    [InlineData("/children?limit=0")]
    [InlineData("/children?limit=1001")]
    [InlineData("/children?limit=x")]
    [InlineData("/children?after=!")]
    [InlineData("/children?after=AAAA")]
    [InlineData("/descendants?depth=0")]
    [InlineData("/descendants?depth=x")]
    [InlineData("/descendants?minVersion=x")]
    [InlineData("/products?sort=price")]
    [InlineData("/products?sort=name&after=!")]
    public async Task A_malformed_query_is_refused(string query)
    {
        await Client.PostCategory(_root, null);

        Assert.Equal(HttpStatusCode.BadRequest, (await Client.GetAsync($"/categories/{_root}{query}")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/children")]
    [InlineData("/descendants")]
    [InlineData("/products")]
    public async Task An_unknown_category_is_not_found(string what)
    {
        using var response = await Client.GetAsync($"/categories/{_root}{what}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Makes the root and, below it, categories written as path:position; a path's id is the root's and the path.</summary>
    private async Task Tree(params string[] categories)
    {
        (await Client.PostCategory(_root, null)).EnsureSuccessStatusCode();
        foreach (var category in categories)
        {
            var (path, position) = (category.Split(':')[0], int.Parse(category.Split(':')[1], null));
            var slash = path.LastIndexOf('/');
            (await Client.PostCategory($"{_root}{path}", slash < 0 ? _root : $"{_root}{path[..slash]}", position: position)).EnsureSuccessStatusCode();
        }
    }

    private string[] Names(params string[] paths) => [.. paths.Select(path => $"{_root}{path}")];
}
