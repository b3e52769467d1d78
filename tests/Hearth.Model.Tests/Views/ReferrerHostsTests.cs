using Hearth.Model.Views;
using Microsoft.Extensions.Options;

namespace Hearth.Model.Tests.Views;

public sealed class ReferrerHostsTests
{
    private static readonly ReferrerHosts Hosts = new(Options.Create(new ViewsOptions { OwnHosts = ["www.shop.example", "https://shop.test/"] }));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("example.org", "example.org")]
    [InlineData("https://WWW.Example.org:8443/path?q=1#top", "example.org")]
    [InlineData("example.org:8080", "example.org")]
    [InlineData("example.org/path", "example.org")]
    [InlineData("//example.org/path", "example.org")]
    [InlineData("http://user:secret@example.org/", "example.org")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("android-app://com.google.android.gm/", "com.google.android.gm")]
    [InlineData("http://[2001:db8::7]/", "2001:db8::7")]
    [InlineData("localhost", "localhost")]
    [InlineData("about:blank", "")]
    [InlineData("https://shop.example/cart", "")]
    [InlineData("http://www.shop.test/", "")]
    public void Of_a_url_or_a_host_the_host_is_kept(string? referrer, string host) => Assert.Equal(host, Hosts.HostOf(referrer));

    [Theory]
    [InlineData("no host")]
    [InlineData("http://")]
    [InlineData("example..org")]
    [InlineData("a\nb")]
    public void What_is_neither_is_nothing(string referrer) => Assert.Null(Hosts.HostOf(referrer));
}
