namespace Hearth.Browser.Tests;

public sealed class EmbeddedPages(EmbeddedSite site) : PagesContract(site.OrSkip()), IClassFixture<EmbeddedSite>;
