using System.Text.Json;

namespace Hearth.Replay.Views;

/// <summary>Sends nothing, and shows the first few views as they would be posted.</summary>
internal sealed class DryRun(TextWriter output) : IViewSink
{
    private const int Shown = 3;

    private int _left = Shown;

    /// <inheritdoc />
    public Task<PostResult.Accepted> Send(IReadOnlyList<View> views, CancellationToken cancellation)
    {
        lock (output)
        {
            foreach (var view in views.Take(_left))
            {
                output.WriteLine(JsonSerializer.Serialize(view, ViewsJson.Default.View));
                _left--;
            }
        }

        return Task.FromResult(new PostResult.Accepted(views.Count, 0));
    }
}
