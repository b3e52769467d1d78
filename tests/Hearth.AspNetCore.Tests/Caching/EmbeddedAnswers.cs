namespace Hearth.AspNetCore.Tests.Caching;

public sealed class EmbeddedAnswers(EmbeddedSiteInRealTime site) : AnswersContract(site), IClassFixture<EmbeddedSiteInRealTime>;
