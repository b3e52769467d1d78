namespace Hearth.Contract.Tests.Caching;

[Collection(Embedded.Name)]
public sealed class EmbeddedCaching(EmbeddedServer server) : CachingContract(server);
