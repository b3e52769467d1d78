using System.Collections.Immutable;

namespace Hearth.Model.Views;

/// <summary>An entry of the view log.</summary>
/// <param name="Offset">Its place in its partition: above 0, ever growing, never used twice.</param>
/// <param name="At">When it was appended.</param>
/// <param name="Views">Its views, each with its page.</param>
public sealed record LogEntry(long Offset, DateTimeOffset At, ImmutableArray<LoggedView> Views);
