namespace Hearth.AspNetCore.Tests.Sessions;

[Collection(Cluster.Name)]
public sealed class ClusterSessions(ClusterSite site) : SessionsContract(site);
