namespace Hearth.AspNetCore.Tests;

[Collection(Embedded.Name)]
public sealed class EmbeddedBasics(EmbeddedSite site) : BasicsContract(site);
