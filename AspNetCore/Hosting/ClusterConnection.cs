namespace Hearth.AspNetCore.Hosting;

/// <summary>Whether this front end has found the cluster's silos since it started. An embedded silo is always found.</summary>
internal sealed class ClusterConnection(bool isEmbedded) : ILifecycleParticipant<IClusterClientLifecycle>
{
    private volatile bool _wasFound = isEmbedded;

    public bool WasFound => _wasFound;

    public void Participate(IClusterClientLifecycle lifecycle) =>
        lifecycle.Subscribe<ClusterConnection>(ServiceLifecycleStage.Active, OnConnected);

    private Task OnConnected(CancellationToken cancellationToken)
    {
        _wasFound = true;
        return Task.CompletedTask;
    }
}
