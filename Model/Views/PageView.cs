namespace Hearth.Model.Views;

/// <summary>One or more views of a page that share everything but their page.</summary>
/// <param name="Day">The day they count on.</param>
/// <param name="Location">Where they came from, 1 to 32 of <c>A-Z a-z 0-9 - _</c>, or empty.</param>
/// <param name="Visitor">A 64-bit hash of who saw the page, uniformly distributed; null where nobody said, and for bots.</param>
/// <param name="Count">How many views, at least 1.</param>
/// <param name="Hour">The hour they count in, as <see cref="ViewHour"/> counts.</param>
/// <param name="Traffic">Whose views they are.</param>
/// <param name="Referrer">The host that linked to the page, or empty.</param>
/// <param name="Campaign">The campaign, or empty.</param>
public readonly record struct PageView(
    DateOnly Day, string Location, ulong? Visitor, int Count, int Hour, Traffic Traffic, string Referrer, string Campaign)
{
    /// <summary>A person's view of which nothing else is known; its hour is the first of the day.</summary>
    public PageView(DateOnly day, string location, ulong? visitor, int count)
        : this(day, location, visitor, count, ViewHour.FirstOf(day), Traffic.Human, "", "")
    {
    }
}
