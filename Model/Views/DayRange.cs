namespace Hearth.Model.Views;

/// <summary>Days in a row.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, included; not before the first.</param>
public readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    /// <summary>How many days there are.</summary>
    public int Length => Last.DayNumber - First.DayNumber + 1;

    /// <summary>Whether a day is one of them.</summary>
    public bool Contains(DateOnly day) => First <= day && day <= Last;
}
