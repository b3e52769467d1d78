namespace Hearth.Grains.Tests.Views;

/// <summary>How a call goes wrong.</summary>
public enum Fault
{
    None,

    /// <summary>It fails and has changed nothing.</summary>
    Refuses,

    /// <summary>It does what was asked, and the caller hears that it failed.</summary>
    LosesAnswer,
}
