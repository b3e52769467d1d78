namespace Hearth.Grains.Views;

/// <summary>Pages could not take their views, and are too many to be set aside, or may just need another try.</summary>
internal sealed class PagesFailedException(string message, Exception? inner) : Exception(message, inner);
