namespace Hearth.AspNetCore.Tests;

/// <summary>Suites that share one embedded site; each test uses keys of its own.</summary>
[CollectionDefinition(Name)]
public sealed class Embedded : ICollectionFixture<EmbeddedSite>
{
    public const string Name = "Embedded site";
}
