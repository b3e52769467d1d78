namespace Hearth.Contract.Tests.Conventions;

[Collection(Embedded.Name)]
public sealed class EmbeddedConventions(EmbeddedServer server) : ConventionsContract(server);
