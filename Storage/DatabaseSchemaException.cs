namespace Hearth.Storage;

/// <summary>
/// The database cannot be used by this Hearth: a newer one wrote its schema, or it does not keep UTF-8. The message is
/// for the operator; nothing was changed.
/// </summary>
public sealed class DatabaseSchemaException(string message) : Exception(message);
