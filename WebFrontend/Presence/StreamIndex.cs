namespace Hearth.WebFrontend.Presence;

/// <summary>The open streams by whom they are about, so that a change touches only those that want it.</summary>
internal sealed class StreamIndex
{
    private readonly HashSet<PresenceStream> _ofAll = [];
    private readonly Dictionary<string, HashSet<PresenceStream>> _ofUser = [];

    public void Add(PresenceStream stream)
    {
        if (stream.Users is null)
        {
            _ofAll.Add(stream);
        }

        foreach (var user in stream.Users ?? [])
        {
            (_ofUser.TryGetValue(user, out var streams) ? streams : _ofUser[user] = []).Add(stream);
        }
    }

    public void Remove(PresenceStream stream)
    {
        _ofAll.Remove(stream);
        foreach (var user in stream.Users ?? [])
        {
            if (_ofUser.TryGetValue(user, out var streams) && streams.Remove(stream) && streams.Count == 0)
            {
                _ofUser.Remove(user);
            }
        }
    }

    public void Offer(HubChange change)
    {
        foreach (var stream in _ofAll)
        {
            stream.Offer(change);
        }

        foreach (var stream in _ofUser.GetValueOrDefault(change.After.User) ?? [])
        {
            stream.Offer(change);
        }
    }
}
