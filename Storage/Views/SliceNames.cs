using Hearth.Model.Views;

namespace Hearth.Storage.Views;

/// <summary>How dimensions and traffic are written in the site's database.</summary>
internal static class SliceNames
{
    private static readonly string[] Dimensions = ["location", "hour", "referrer", "campaign"];
    private static readonly string[] Traffics = ["human", "bot"];

    public static string Of(ViewDimension dimension) => Dimensions[(int)dimension];

    public static string Of(Traffic traffic) => Traffics[(int)traffic];

    /// <exception cref="InvalidDataException">A text is none of the names.</exception>
    public static ViewSlice Slice(string dimension, string traffic, string value)
    {
        var (ofDimension, ofTraffic) = (Array.IndexOf(Dimensions, dimension), Array.IndexOf(Traffics, traffic));
        return ofDimension >= 0 && ofTraffic >= 0
            ? new ViewSlice((ViewDimension)ofDimension, (Traffic)ofTraffic, value)
            : throw new InvalidDataException($"The database has views by '{dimension}' of '{traffic}', which this Hearth does not know.");
    }
}
