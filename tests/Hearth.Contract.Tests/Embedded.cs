namespace Hearth.Contract.Tests;

/// <summary>Suites that share one embedded server with the default settings; each test uses fresh ids.</summary>
[CollectionDefinition(Name)]
public sealed class Embedded : ICollectionFixture<EmbeddedServer>
{
    public const string Name = "Embedded server";
}
