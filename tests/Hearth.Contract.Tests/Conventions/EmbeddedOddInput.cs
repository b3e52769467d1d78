namespace Hearth.Contract.Tests.Conventions;

[Collection(Embedded.Name)]
public sealed class EmbeddedOddInput(EmbeddedServer server) : OddInputContract(server);
