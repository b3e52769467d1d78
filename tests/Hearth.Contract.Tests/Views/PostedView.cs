namespace Hearth.Contract.Tests.Views;

/// <summary>A view as it is posted.</summary>
public sealed record PostedView(string Page, string Location, string Visitor, string Id, string At, int Count);
