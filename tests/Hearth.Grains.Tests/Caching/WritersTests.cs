using Hearth.Grains.Caching;

namespace Hearth.Grains.Tests.Caching;

public sealed class WritersTests
{
    private readonly Writers _writers = new();
    private readonly Guid _one = Guid.NewGuid();
    private readonly Guid _two = Guid.NewGuid();

    [Fact]
    public void Nobody_is_waited_for_where_nobody_writes() => Assert.True(_writers.Ended.IsCompleted);

    [Fact]
    public void Everybody_who_writes_is_waited_for()
    {
        _writers.Begin(_one);
        _writers.Begin(_two);

        Assert.True(_writers.End(_one));
        Assert.False(_writers.Ended.IsCompleted);
        Assert.True(_writers.End(_two));
        Assert.True(_writers.Ended.IsCompleted);
    }

    [Fact]
    public void Who_was_given_up_is_told_so()
    {
        _writers.Begin(_one);

        _writers.GiveUp();

        Assert.True(_writers.Ended.IsCompleted);
        Assert.False(_writers.End(_one));
    }
}
