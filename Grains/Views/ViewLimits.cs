using Hearth.Model.Views;

namespace Hearth.Grains.Views;

/// <summary>How many values of each dimension a page counts apart on one day and of one kind of traffic.</summary>
internal sealed record ViewLimits(int Locations, int Referrers, int Campaigns)
{
    public static ViewLimits Of(ViewsOptions options) => new(options.MaxLocations, options.MaxReferrers, options.MaxCampaigns);

    public int Of(ViewDimension dimension) => dimension switch
    {
        ViewDimension.Location => Locations,
        ViewDimension.Referrer => Referrers,
        ViewDimension.Campaign => Campaigns,
        _ => int.MaxValue,
    };
}
