namespace Hearth.Contract.Tests.Conventions;

[Collection(Embedded.Name)]
public sealed class EmbeddedEveryCall(EmbeddedServer server) : EveryCallContract(server);
