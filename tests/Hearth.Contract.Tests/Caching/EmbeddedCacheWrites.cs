namespace Hearth.Contract.Tests.Caching;

[Collection(Embedded.Name)]
public sealed class EmbeddedCacheWrites(EmbeddedServer server) : CacheWritesContract(server);
