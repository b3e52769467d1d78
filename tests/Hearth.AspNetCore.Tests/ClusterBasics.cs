namespace Hearth.AspNetCore.Tests;

[Collection(Cluster.Name)]
public sealed class ClusterBasics(ClusterSite site) : BasicsContract(site);
