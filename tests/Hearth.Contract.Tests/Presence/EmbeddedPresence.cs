namespace Hearth.Contract.Tests.Presence;

[Collection(Embedded.Name)]
public sealed class EmbeddedPresence(EmbeddedServer server) : PresenceContract(server);
