using Hearth.Model.Storage;

namespace Hearth.Grains.Tests.Views;

/// <summary>The store of all pages' state, which fails for all of them at once: wholly, or for writes alone, as on a full disk.</summary>
internal sealed class ModelStateStore
{
    /// <summary>Whether writes fail. A page whose write failed gives its activation up.</summary>
    public bool RefusesWrites { get; set; }

    /// <summary>Whether reads fail, so that no page can be activated.</summary>
    public bool RefusesReads { get; set; }

    /// <summary>How many reads were refused.</summary>
    public int ReadsRefused { get; private set; }

    public void ThrowIfUnreadable()
    {
        if (RefusesReads)
        {
            ReadsRefused++;
            throw new StoreUnavailableException("The state could not be read.");
        }
    }
}
