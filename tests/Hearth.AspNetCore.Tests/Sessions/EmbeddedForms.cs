namespace Hearth.AspNetCore.Tests.Sessions;

[Collection(Embedded.Name)]
public sealed class EmbeddedForms(EmbeddedSite site) : FormsContract(site);
