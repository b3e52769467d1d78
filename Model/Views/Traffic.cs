namespace Hearth.Model.Views;

/// <summary>Who looked at a page, as far as its user agent tells.</summary>
public enum Traffic
{
    /// <summary>A person, or a caller that named no user agent.</summary>
    Human,

    /// <summary>A crawler, library, monitor, link previewer or headless browser. Bots have no visitors.</summary>
    Bot,
}
