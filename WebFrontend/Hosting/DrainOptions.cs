using System.ComponentModel.DataAnnotations;

namespace Hearth.WebFrontend.Hosting;

/// <summary>How a front end of a cluster leaves. Section <c>FrontEnd</c>.</summary>
internal sealed class DrainOptions
{
    /// <summary>
    /// How long the process goes on answering after it was told to stop, while <c>/health/ready</c> is 503 already: time
    /// for a balancer to notice. Between 0 and 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "FrontEnd:DrainTime must be between 00:00:00 and 00:01:00.")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(3);
}
