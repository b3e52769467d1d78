using Hearth.AspNetCore.Caching;
using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.AspNetCore.Tests.Caching;

/// <summary>Answers that are worked out once in the whole cluster. In real time, which is the only one FusionCache knows.</summary>
public abstract class AnswersContract(Site site)
{
    /// <summary>A lifetime, on FusionCache's own clock: tests of what happens after it have to let it pass.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly string _key = $"answer-{Guid.NewGuid():N}";
    private int _runs;

    private Site Site => site.OrSkip();

    private HearthCache Here => Site.FrontEnds[0].Services.GetRequiredService<HearthCache>();

    private HearthCache Elsewhere => Site.FrontEnds[^1].Services.GetRequiredService<HearthCache>();

    [Fact]
    public async Task Callers_everywhere_wait_for_one_run_of_the_factory()
    {
        var calls = Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Here : Elsewhere).GetOrCreateAsync(_key, Slowly).AsTask());

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("answer 1", answer));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Removing_an_answer_reaches_copies_everywhere_within_a_second()
    {
        await Here.GetOrCreateAsync(_key, Quickly);
        Assert.Equal("answer 1", await Elsewhere.GetOrCreateAsync(_key, Quickly));

        await Here.RemoveAsync(_key);

        await Eventually.Get(
            async () => await Elsewhere.GetOrCreateAsync(_key, Quickly), answer => answer == "answer 2", "The other front end's new answer", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Setting_an_answer_reaches_copies_everywhere_within_a_second()
    {
        await Elsewhere.GetOrCreateAsync(_key, Quickly);

        await Here.SetAsync(_key, "set");

        await Eventually.Get(
            async () => await Elsewhere.GetOrCreateAsync(_key, Quickly), answer => answer == "set", "The set answer elsewhere", TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("key", true)]
    [InlineData("key", false)]
    [InlineData("tag", true)]
    [InlineData("tag", false)]
    [InlineData("*", true)]
    [InlineData("*", false)]
    [InlineData("set", true)]
    [InlineData("set", false)]
    public async Task An_answer_that_is_overtaken_while_it_is_worked_out_is_given_to_its_callers_and_not_kept(string removal, bool elsewhere)
    {
        var options = new AnswerOptions { Tags = [$"tag-{_key}"] };
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var waiting = Here.GetOrCreateAsync(_key, Gated, options).AsTask();
        await began.Task;

        var remover = elsewhere ? Elsewhere : Here;
        await (removal switch
        {
            "key" => remover.RemoveAsync(_key),
            "set" => remover.SetAsync(_key, "newer", options),
            "tag" => remover.RemoveByTagAsync(options.Tags[0]),
            _ => remover.RemoveByTagAsync("*"),
        });
        go.SetResult();

        Assert.Equal("old", await waiting);
        var expected = removal == "set" ? "newer" : "answer 1";
        await Eventually.Get(async () => await Here.GetOrCreateAsync(_key, Quickly, options), answer => answer == expected, "The newer answer here");
        await Eventually.Get(async () => await Elsewhere.GetOrCreateAsync(_key, Quickly, options), answer => answer == expected, "The newer answer elsewhere");

        async ValueTask<string> Gated(CancellationToken cancellationToken)
        {
            began.SetResult();
            await go.Task;
            return "old";
        }
    }

    [Fact]
    public async Task Through_HybridCache_too_what_is_overtaken_is_not_kept()
    {
        var (here, elsewhere) = (Site.FrontEnds[0].Services.GetRequiredService<HybridCache>(), Site.FrontEnds[^1].Services.GetRequiredService<HybridCache>());
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var waiting = here.GetOrCreateAsync(_key, async _ =>
        {
            began.SetResult();
            await go.Task;
            return "old";
        }).AsTask();
        await began.Task;

        await elsewhere.RemoveAsync(_key);
        go.SetResult();

        Assert.Equal("old", await waiting);
        await Eventually.Get(async () => await here.GetOrCreateAsync(_key, _ => new ValueTask<string>("new")), answer => answer == "new", "The newer answer");
    }

    [Fact]
    public async Task The_tag_of_everything_removes_every_answer()
    {
        await Here.GetOrCreateAsync(_key, Quickly);

        await Elsewhere.RemoveByTagAsync("*");

        await Eventually.Get(async () => await Here.GetOrCreateAsync(_key, Quickly), answer => answer == "answer 2", "The new answer");
    }

    [Fact]
    public async Task Clearing_the_cache_reaches_copies_everywhere_and_answers_that_are_worked_out_meanwhile()
    {
        var slow = _key + "-slow";
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await Here.GetOrCreateAsync(_key, Quickly);
        Assert.Equal("answer 1", await Elsewhere.GetOrCreateAsync(_key, Quickly));
        var waiting = Here.GetOrCreateAsync(slow, Gated).AsTask();
        await began.Task;

        await Site.FrontEnds[0].Services.GetRequiredService<IGrainFactory>().GetGrain<ICacheGrain>(0).Clear();
        go.SetResult();

        Assert.Equal("old", await waiting);
        await Eventually.Get(async () => await Here.GetOrCreateAsync(_key, Quickly), answer => answer != "answer 1", "The new answer here");
        await Eventually.Get(async () => await Elsewhere.GetOrCreateAsync(_key, Quickly), answer => answer != "answer 1", "The new answer elsewhere");
        await Eventually.Get(async () => await Elsewhere.GetOrCreateAsync(slow, Quickly), answer => answer != "old", "The newer answer elsewhere");
        await Eventually.Get(async () => await Here.GetOrCreateAsync(slow, Quickly), answer => answer != "old", "The newer answer here");

        async ValueTask<string> Gated(CancellationToken cancellationToken)
        {
            began.SetResult();
            await go.Task;
            return "old";
        }
    }

    [Fact]
    public async Task Removing_a_tag_removes_its_answers_everywhere_and_no_others()
    {
        var tagged = new AnswerOptions { Tags = [$"tag-{_key}"] };
        await Elsewhere.GetOrCreateAsync(_key, Quickly, tagged);
        await Elsewhere.GetOrCreateAsync(_key + "-other", Quickly);

        await Here.RemoveByTagAsync($"tag-{_key}");

        await Eventually.Get(
            async () => await Elsewhere.GetOrCreateAsync(_key, Quickly, tagged), answer => answer == "answer 3", "The tagged answer's renewal", TimeSpan.FromSeconds(1));
        Assert.Equal("answer 2", await Elsewhere.GetOrCreateAsync(_key + "-other", Quickly));
    }

    [Fact]
    public async Task A_stale_answer_stands_in_when_the_factory_fails()
    {
        var options = new AnswerOptions { Lifetime = Short, StaleFor = Long };
        await Here.GetOrCreateAsync(_key, Quickly, options);
        await Task.Delay(2 * Short, TimeProvider.System);

        Assert.Equal("answer 1", await Elsewhere.GetOrCreateAsync<string>(_key, _ => throw new InvalidOperationException("The API is away."), options));
    }

    [Fact]
    public async Task Without_a_stale_answer_the_factorys_failure_is_the_callers()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Here.GetOrCreateAsync<string>(_key, _ => throw new InvalidOperationException("The API is away.")));

        Assert.Equal("The API is away.", failure.Message);
    }

    [Fact]
    public async Task After_the_soft_timeout_callers_everywhere_take_the_stale_answer_while_one_factory_runs()
    {
        var options = new AnswerOptions { Lifetime = Short, StaleFor = Long, SoftTimeout = Short };
        await Here.GetOrCreateAsync(_key, Quickly, options);
        await Elsewhere.GetOrCreateAsync(_key, Quickly, options);
        await Task.Delay(2 * Short, TimeProvider.System);
        options = options with { Lifetime = Long };
        var before = _runs;
        var go = new TaskCompletionSource();

        var answers = await Task.WhenAll(
            Here.GetOrCreateAsync(_key, Gated, options).AsTask(), Elsewhere.GetOrCreateAsync(_key, Gated, options).AsTask());
        Assert.All(answers, answer => Assert.NotEqual($"answer {before + 1}", answer));
        Assert.Equal(before + 1, _runs);

        go.SetResult();
        await Eventually.Get(
            async () => await Elsewhere.GetOrCreateAsync(_key, Gated, options), answer => answer == $"answer {before + 1}", "The answer of the slow run");

        async ValueTask<string> Gated(CancellationToken cancellationToken)
        {
            var answer = await Quickly(cancellationToken);
            await go.Task;
            return answer;
        }
    }

    [Fact]
    public async Task After_the_hard_timeout_a_caller_without_a_stale_answer_is_refused()
    {
        var options = new AnswerOptions { HardTimeout = Short };

        await Assert.ThrowsAnyAsync<TimeoutException>(async () => await Here.GetOrCreateAsync(_key, Slowly, options));
    }

    [Fact]
    public async Task An_answer_is_refreshed_before_it_is_stale()
    {
        var options = new AnswerOptions { Lifetime = TimeSpan.FromSeconds(10), EagerRefresh = 0.01f };
        await Here.GetOrCreateAsync(_key, Quickly, options);
        await Task.Delay(2 * Short, TimeProvider.System);

        Assert.Equal("answer 1", await Here.GetOrCreateAsync(_key, Quickly, options));
        await Eventually.Get(async () => await Here.GetOrCreateAsync(_key, Quickly, options), answer => answer == "answer 2", "The eager refresh");
    }

    [Fact]
    public async Task Null_is_an_answer_with_a_lifetime_of_its_own()
    {
        var kept = new AnswerOptions { NullLifetime = Long };
        Assert.Null(await Here.GetOrCreateAsync(_key, Nothing, kept));
        Assert.Null(await Elsewhere.GetOrCreateAsync(_key, Nothing, kept));
        Assert.Equal(1, _runs);

        var forgotten = new AnswerOptions { NullLifetime = TimeSpan.Zero };
        await Here.GetOrCreateAsync(_key + "-2", Nothing, forgotten);
        await Here.GetOrCreateAsync(_key + "-2", Nothing, forgotten);
        Assert.Equal(3, _runs);

        ValueTask<string?> Nothing(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            return ValueTask.FromResult<string?>(null);
        }
    }

    [Fact]
    public async Task The_same_answers_are_had_as_a_hybrid_cache()
    {
        await Here.GetOrCreateAsync(_key, Quickly);

        Assert.Equal("answer 1", await Site.FrontEnds[^1].Services.GetRequiredService<HybridCache>().GetOrCreateAsync(_key, Quickly));
    }

    private ValueTask<string> Quickly(CancellationToken cancellationToken) => ValueTask.FromResult($"answer {Interlocked.Increment(ref _runs)}");

    private async ValueTask<string> Slowly(CancellationToken cancellationToken)
    {
        var answer = await Quickly(cancellationToken);
        await Task.Delay(5 * Short, TimeProvider.System, cancellationToken);
        return answer;
    }
}
