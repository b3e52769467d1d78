namespace Hearth.Contract.Tests.Sessions;

[Collection(Embedded.Name)]
public sealed class EmbeddedSessions(EmbeddedServer server) : SessionsContract(server);
