namespace Hearth.AspNetCore.Tests.Sessions;

[Collection(Cluster.Name)]
public sealed class ClusterForms(ClusterSite site) : FormsContract(site);
