namespace Hearth.AspNetCore.Tests.Caching;

[Collection(Embedded.Name)]
public sealed class EmbeddedDistributedCache(EmbeddedSite site) : DistributedCacheContract(site);
