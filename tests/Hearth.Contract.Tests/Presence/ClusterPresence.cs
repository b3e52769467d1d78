namespace Hearth.Contract.Tests.Presence;

[Collection(Cluster.Name)]
public sealed class ClusterPresence(ClusterServer server) : PresenceContract(server.OrSkip());
