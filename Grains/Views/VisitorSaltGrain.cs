using System.Security.Cryptography;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Storage;

namespace Hearth.Grains.Views;

[GrainType("visitor-salt")]
internal sealed class VisitorSaltGrain(
    [PersistentState("salt", StorageNames.GrainState)] IPersistentState<VisitorSaltState> storage)
    : Grain, IVisitorSaltGrain
{
    private const int SaltLength = 32;

    public async ValueTask<byte[]> GetSalt(DateOnly day)
    {
        if (storage.State.Salt.Length == 0 || storage.State.Day < day)
        {
            (storage.State.Day, storage.State.Salt) = (day, RandomNumberGenerator.GetBytes(SaltLength));
            await Write();
        }

        return storage.State.Salt;
    }

    /// <summary>After a failed write nobody knows what is stored, so the activation is given up.</summary>
    private async Task Write()
    {
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
