using System.Text.Json;
using Hearth.WebFrontend.Pages.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hearth.WebFrontend.Tests.Pages;

public sealed class LiveTopicTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LiveTopic _topic;
    private int _gathered;
    private bool _isDown;

    public LiveTopicTests() => _topic = new LiveTopic(
        new LivePart("part", Second, _ => _isDown ? throw new TimeoutException() : Task.FromResult<object>(++_gathered)),
        JsonSerializerOptions.Web, _time, NullLogger.Instance);

    [Fact]
    public void However_many_look_it_is_gathered_once_a_period()
    {
        var viewers = Enumerable.Range(0, 100).Select(_ => new LiveViewer()).ToList();
        viewers.ForEach(_topic.Join);
        Until(() => _topic.Latest?.Json == "1");

        _time.Advance(Second);
        Until(() => _topic.Latest?.Json == "2");
        _time.Advance(Second);
        Until(() => _topic.Latest?.Json == "3");

        Assert.Equal(3, _gathered);
    }

    [Fact]
    public void Nothing_is_gathered_while_nobody_looks()
    {
        var viewer = new LiveViewer();
        _topic.Join(viewer);
        Until(() => _topic.Latest is not null);
        _topic.Leave(viewer);
        _time.Advance(Second);
        Until(() => _topic.Latest is null);

        _time.Advance(Second);
        _time.Advance(Second);
        Assert.Equal(1, _gathered);

        _topic.Join(viewer);
        Until(() => _topic.Latest?.Json == "2");
    }

    [Fact]
    public async Task A_page_that_is_opened_asks_for_itself_where_nobody_looks()
    {
        Assert.Equal(1, await _topic.Read(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_cannot_be_gathered_is_unavailable_until_it_can()
    {
        _topic.Join(new LiveViewer());
        Until(() => _topic.Latest?.Json == "1");

        _isDown = true;
        _time.Advance(Second);
        Until(() => _topic.Latest?.Json == "null");
        Assert.Null(_topic.Latest?.Value);

        _isDown = false;
        _time.Advance(Second);
        Until(() => _topic.Latest?.Json == "2");
    }

    private static void Until(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(2)), "It did not come to this within two minutes.");
}
