namespace Hearth.AspNetCore.Tests.Sessions;

[Collection(Embedded.Name)]
public sealed class EmbeddedSessions(EmbeddedSite site) : SessionsContract(site);
