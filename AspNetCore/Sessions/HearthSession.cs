using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.AspNetCore.Sessions;

/// <summary>
/// One request's view of a session. It is loaded when it is first read, and what the request changed, and nothing else, is
/// sent at the end, so that requests that run side by side keep each other's keys.
/// </summary>
internal sealed partial class HearthSession : ISession
{
    private readonly SessionClient _grain;
    private readonly Func<bool> _tryEstablish;
    private readonly ILogger<HearthSession> _logger;
    private readonly Dictionary<string, byte[]?> _changes = new(StringComparer.Ordinal);
    private readonly bool _isNew;
    private ImmutableDictionary<string, string> _stored = ImmutableDictionary<string, string>.Empty;
    private bool _isLoaded;
    private bool _exists;
    private bool _isUnavailable;
    private bool _clears;
    private bool _isEnded;

    /// <param name="grain">The session's grain.</param>
    /// <param name="tryEstablish">Whether the cookie can still be sent.</param>
    /// <param name="isNew">Whether the browser had no cookie, so that there is nothing to load.</param>
    /// <param name="logger">Where failures are told.</param>
    public HearthSession(SessionClient grain, Func<bool> tryEstablish, bool isNew, ILogger<HearthSession> logger)
    {
        (_grain, _tryEstablish, _logger) = (grain, tryEstablish, logger);
        (_isNew, _isLoaded) = (isNew, isNew);
    }

    public bool IsAvailable
    {
        get
        {
            Load();
            return !_isUnavailable;
        }
    }

    public string Id => _grain.Id;

    public IEnumerable<string> Keys
    {
        get
        {
            Load();
            return _stored.Keys.Where(key => !_changes.ContainsKey(key)).Concat(_changes.Where(change => change.Value is not null).Select(change => change.Key));
        }
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!_changes.TryGetValue(key, out value))
        {
            Load();
            value = _stored.TryGetValue(key, out var text) ? Convert.FromBase64String(text) : null;
        }

        return value is not null;
    }

    public void Set(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (_isEnded)
        {
            throw new InvalidOperationException("The session was ended by this request.");
        }

        if (!_tryEstablish())
        {
            throw new InvalidOperationException("The session cannot be established after the response has started.");
        }

        _changes[key] = [.. value];
    }

    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _changes[key] = null;
    }

    public void Clear()
    {
        _changes.Clear();
        _stored = _stored.Clear();
        _clears = true;
    }

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        if (_isLoaded)
        {
            return;
        }

        var session = await _grain.Use(cancellationToken).ConfigureAwait(false);
        _stored = session is null || _clears ? _stored : session.Data;
        (_isLoaded, _exists, _isUnavailable) = (true, session is not null, false);
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_isEnded)
        {
            return;
        }

        if (_changes.Count == 0 && !_clears)
        {
            await Slide(cancellationToken).ConfigureAwait(false);
            return;
        }

        var change = new SessionChange(
            _changes.ToImmutableDictionary(pair => pair.Key, pair => pair.Value is { } bytes ? Convert.ToBase64String(bytes) : null),
            SetsUser: false, User: null, _clears);

        // What was there when this request looked must not be made anew: somebody ended it meanwhile. Nor is anything to be removed made.
        var mayBegin = !_exists && _changes.Values.Any(value => value is not null);
        var answer = await (mayBegin ? _grain.Save(change, cancellationToken) : _grain.Change(change, cancellationToken)).ConfigureAwait(false);
        Accept(answer, mayBegin);
    }

    public async Task End(CancellationToken cancellationToken)
    {
        if (!_isNew)
        {
            await _grain.End(cancellationToken).ConfigureAwait(false);
        }

        Clear();
        (_isEnded, _isLoaded) = (true, true);
    }

    private void Accept(SessionAnswer answer, bool mayBegin)
    {
        if (answer.Outcome == SessionOutcome.TooLarge)
        {
            throw new InvalidOperationException(
                $"The session's data would be larger than {answer.MaxDataBytes} bytes, in which a value takes 4 for each 3; none of this request's changes was kept.");
        }

        if (answer.Session is { } session)
        {
            (_stored, _exists) = (session.Data, true);
        }
        else if (mayBegin || _exists)
        {
            LogEnded();
        }

        _changes.Clear();
        (_clears, _isLoaded) = (false, true);
    }

    /// <summary>A request that only carried the session's cookie keeps it alive too; loading has done so already.</summary>
    private async Task Slide(CancellationToken cancellationToken)
    {
        if (!_isLoaded)
        {
            _exists = await _grain.Slide(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where a session cannot be read, the request goes on with an empty one.</summary>
    private void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        try
        {
            GrainCalls.Block(() => LoadAsync());
        }
        catch (Exception exception) when (exception is HearthUnavailableException or OperationCanceledException)
        {
            LogUnavailable(exception);
            (_isLoaded, _isUnavailable) = (true, true);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A session cannot be read; the request goes on with an empty one.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A session was ended while a request changed it; the changes are dropped.")]
    private partial void LogEnded();
}
