namespace Hearth.Grains.Tests;

/// <summary>Suites that share one silo; each test uses fresh keys.</summary>
[CollectionDefinition(Name)]
public sealed class OneSilo : ICollectionFixture<GrainCluster>
{
    public const string Name = "One silo";
}
