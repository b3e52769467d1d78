namespace Hearth.Storage.Tests.Redis;

/// <summary>The tests that share one Redis; one after another, each on an empty one.</summary>
[CollectionDefinition(Name)]
public sealed class Redis : ICollectionFixture<SharedRedis>
{
    public const string Name = "redis";
}
