namespace Hearth.Contract.Tests.Caching;

[Collection(Embedded.Name)]
public sealed class EmbeddedCacheBatches(EmbeddedServer server) : CacheBatchesContract(server);
