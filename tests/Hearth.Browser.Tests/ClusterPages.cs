namespace Hearth.Browser.Tests;

public sealed class ClusterPages(ClusterSite site) : PagesContract(site.OrSkip()), IClassFixture<ClusterSite>;
