using Hearth.GrainInterfaces.Serialization;
using Hearth.Model.Categories;
using Hearth.Model.Presence;
using Hearth.Model.Storage;
using Hearth.Model.Views;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;

[assembly: TypeManifestProvider(typeof(ModelTypes))]

namespace Hearth.GrainInterfaces.Serialization;

/// <summary>
/// Tells Orleans, in silos and clients alike, what <see cref="AliasAttribute"/> and <see cref="ImmutableAttribute"/> say of
/// other types: the names of the model's types on the wire, which never change, and that they need not be copied.
/// </summary>
internal sealed class ModelTypes : TypeManifestProviderBase
{
    protected override void ConfigureInner(TypeManifestOptions options)
    {
        options.WellKnownTypeAliases.Add("store-unavailable", typeof(StoreUnavailableException));
        Add<CategoryChanges>(options, "category-changes");
        Add<CategoryFault>(options, "category-fault");
        Add<CategoryRow>(options, "category-row");
        Add<DayCount>(options, "day-count");
        Add<DayRange>(options, "day-range");
        Add<DeviceAction>(options, "device-action");
        Add<ImportFault>(options, "import-fault");
        Add<ImportLine>(options, "import-line");
        Add<ImportResult>(options, "import-result");
        Add<PageCount>(options, "page-count");
        Add<PageView>(options, "page-view");
        Add<PageViewRow>(options, "page-view-row");
        Add<Product>(options, "product");
        Add<ProductCursor>(options, "product-cursor");
        Add<ProductQuery>(options, "product-query");
        Add<RosterEntry>(options, "roster-entry");
        Add<TopPages>(options, "top-pages");
        Add<UnflushedRows>(options, "unflushed-rows");
    }

    private static void Add<T>(TypeManifestOptions options, string alias)
    {
        options.WellKnownTypeAliases.Add(alias, typeof(T));
        options.Copiers.Add(typeof(ShallowCopier<T>));
    }
}
