namespace Hearth.Contract.Tests.Operating;

[Collection(Embedded.Name)]
public sealed class EmbeddedOperating(EmbeddedServer server) : OperatingContract(server);
