namespace Hearth.WebFrontend.Operating;

/// <param name="Address">Host, port and generation, as Orleans writes them.</param>
/// <param name="Status">Orleans' name of the member's state, such as <c>Active</c>.</param>
internal sealed record SiloStatusEntry(string Address, string Status);
