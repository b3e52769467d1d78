using System.ComponentModel.DataAnnotations;

namespace Hearth.Model.Sessions;

/// <summary>How sessions behave. Section <c>Sessions</c>.</summary>
public sealed class SessionsOptions
{
    /// <summary>How long a session that names no idle timeout lives after each use; 1 s to 3650 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ErrorMessage = "Sessions:IdleTimeout must be between 00:00:01 and 3650.00:00:00.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How large a session's data may be, in bytes of UTF-8, all keys and values together; 1 KiB to 128 KiB.</summary>
    [Range(1 << 10, 128 << 10, ErrorMessage = "Sessions:MaxDataBytes must be between 1024 and 131072.")]
    public int MaxDataBytes { get; set; } = 64 << 10;
}
