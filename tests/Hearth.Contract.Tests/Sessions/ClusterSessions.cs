namespace Hearth.Contract.Tests.Sessions;

[Collection(Cluster.Name)]
public sealed class ClusterSessions(ClusterServer server) : SessionsContract(server.OrSkip());
