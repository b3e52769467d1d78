using Hearth.Model.Ids;

namespace Hearth.GrainInterfaces.Ids;

/// <summary>
/// Grains whose key is a caller's id. Orleans refuses a key of white space alone, which is a legal id, so such an id is
/// marked with a control character, which no id contains.
/// </summary>
public static class GrainKeys
{
    private const char Mark = '\u0001';

    /// <summary>The grain of an id.</summary>
    /// <param name="grains">Where grains are found.</param>
    /// <param name="id">A valid id (see <see cref="Id"/>).</param>
    /// <typeparam name="TGrain">A contract whose key is an id.</typeparam>
    public static TGrain GetGrainOf<TGrain>(this IGrainFactory grains, string id)
        where TGrain : IGrainWithStringKey => grains.GetGrain<TGrain>(string.IsNullOrWhiteSpace(id) ? Mark + id : id);

    /// <summary>The id that a grain was found by.</summary>
    /// <param name="grain">A grain whose key is an id.</param>
    public static string GetId(this IAddressable grain) => grain.GetPrimaryKeyString().TrimStart(Mark);
}
