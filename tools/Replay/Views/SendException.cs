namespace Hearth.Replay.Views;

/// <summary>Views could not be sent, and trying longer is no use. The message is for the user.</summary>
internal sealed class SendException(string message) : Exception(message);
