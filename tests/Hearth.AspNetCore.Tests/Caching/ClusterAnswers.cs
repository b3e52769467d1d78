namespace Hearth.AspNetCore.Tests.Caching;

public sealed class ClusterAnswers(ClusterSiteInRealTime site) : AnswersContract(site), IClassFixture<ClusterSiteInRealTime>;
