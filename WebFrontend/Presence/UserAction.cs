using Hearth.Model.Ids;
using Hearth.WebFrontend.Requests;

namespace Hearth.WebFrontend.Presence;

/// <summary>A user did something.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Device">The device; absent or empty is the unnamed one.</param>
internal sealed record UserAction(string? User = null, string? Device = null)
{
    /// <summary>Checks each action of a batch.</summary>
    /// <exception cref="InvalidRequestException">Some are at fault; it names each.</exception>
    public static IReadOnlyList<(string User, string Device)> Check(UserAction?[] items)
    {
        var errors = new Dictionary<string, string[]>();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i]?.User is not { } user)
            {
                errors[$"[{i}].user"] = ["Is required."];
            }
            else if (Id.Problem(user) is { } problem)
            {
                errors[$"[{i}].user"] = [$"It {problem}."];
            }

            if (items[i]?.Device is { Length: > 0 } device && Id.Problem(device) is { } fault)
            {
                errors[$"[{i}].device"] = [$"It {fault}."];
            }
        }

        return errors.Count == 0 ? [.. items.Select(item => (item!.User!, item.Device ?? ""))] : throw new InvalidRequestException(errors);
    }
}
