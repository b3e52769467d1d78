namespace Hearth.Grains.Views;

/// <summary>Pages fail that are too many to be deferred, or may just need another try.</summary>
internal sealed class PagesFailedException(string message, Exception? inner) : Exception(message, inner);
