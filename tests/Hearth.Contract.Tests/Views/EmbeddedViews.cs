namespace Hearth.Contract.Tests.Views;

[Collection(Embedded.Name)]
public sealed class EmbeddedViews(EmbeddedServer server) : ViewsContract(server);
