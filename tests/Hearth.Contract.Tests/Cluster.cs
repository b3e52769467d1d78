namespace Hearth.Contract.Tests;

/// <summary>Suites that share one cluster with the default settings; each test uses fresh ids.</summary>
[CollectionDefinition(Name)]
public sealed class Cluster : ICollectionFixture<ClusterServer>
{
    public const string Name = "Cluster";
}
