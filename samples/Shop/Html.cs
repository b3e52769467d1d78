using System.Net;

namespace Hearth.Shop;

/// <summary>Pages small enough to be written by hand.</summary>
internal static class Html
{
    public static IResult Page(string title, params IEnumerable<string> parts) => Results.Content(
        $"<!doctype html><meta charset=utf-8><title>{Text(title)}</title><h1>{Text(title)}</h1>{string.Join("\n", parts)}<p><a href=/>Shop</a> <a href=/basket>Basket</a> <a href=/account>Account</a>",
        "text/html; charset=utf-8");

    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static string Link(string path, string text) => $"<li><a href=\"{Text(path)}\">{Text(text)}</a>";

    public static string Button(string path, string text) => $"<form method=post action=\"{Text(path)}\"><button>{Text(text)}</button></form>";
}
