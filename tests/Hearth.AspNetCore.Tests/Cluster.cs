namespace Hearth.AspNetCore.Tests;

/// <summary>Suites that share one cluster; each test uses keys of its own.</summary>
[CollectionDefinition(Name)]
public sealed class Cluster : ICollectionFixture<ClusterSite>
{
    public const string Name = "Cluster of a site";
}
