namespace Hearth.Storage;

/// <summary>
/// The data directory cannot be used: another process holds it, a file is corrupt, or a newer Hearth wrote it.
/// The message is for the operator; no file was changed.
/// </summary>
public sealed class DataDirectoryException(string message, Exception? innerException = null)
    : Exception(message, innerException);
