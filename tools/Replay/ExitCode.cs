namespace Hearth.Replay;

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Not everything could be read or sent. Running again sends the rest.</summary>
    public const int Failure = 1;

    public const int Usage = 2;

    /// <summary>What shells report of a program that Ctrl+C ended.</summary>
    public const int Interrupted = 130;
}
