namespace Hearth.Model.Views;

/// <summary>By what the views of a page and day are broken down.</summary>
public enum ViewDimension
{
    /// <summary>Where they came from; empty where nobody said.</summary>
    Location,

    /// <summary>The hour, as <see cref="ViewHour.ToText"/> writes it.</summary>
    Hour,

    /// <summary>The host that linked to the page; empty for none and for the site's own.</summary>
    Referrer,

    /// <summary>The campaign; empty for none.</summary>
    Campaign,
}
