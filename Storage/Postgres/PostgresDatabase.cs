using System.Data;
using System.Globalization;
using Hearth.Model.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hearth.Storage.Postgres;

/// <summary>
/// The site's database: one bounded pool of connections for this process. Until the schema has been brought up to date
/// (<see cref="Migrate"/>) every use is refused, so that a database which is down when the process starts stops nothing else.
/// </summary>
internal sealed class PostgresDatabase(IOptions<ConnectionStringsOptions> options, TimeProvider time) : IAsyncDisposable
{
    private const int MaxTries = 5;
    private const int MaxConnections = 20;

    /// <summary>Short of the ten seconds that a request may take; imports ask for more.</summary>
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(10);

    private readonly NpgsqlDataSource _connections = NpgsqlDataSource.Create(Configure(options.Value.Postgres!));
    private volatile string? _unready = "its schema has not been looked at yet";

    /// <summary>A connection string's settings, and Hearth's where it leaves one open.</summary>
    public static NpgsqlConnectionStringBuilder Configure(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Default("Maximum Pool Size", MaxConnections);
        Default("Timeout", (int)ConnectTimeout.TotalSeconds);
        Default("Command Timeout", (int)CommandTimeout.TotalSeconds);
        Default("Application Name", "hearth");
        Default("Tcp Keepalive", true);
        return settings;

        void Default(string key, object value)
        {
            if (!settings.ShouldSerialize(key))
            {
                settings[key] = value;
            }
        }
    }

    /// <summary>Brings the schema up to date; from then on the database may be used.</summary>
    /// <exception cref="DatabaseSchemaException">Hearth cannot work with this database.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or refuses.</exception>
    public async Task Migrate(CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await _connections.OpenConnectionAsync(cancellationToken);
            await PostgresMigrations.Apply(connection, cancellationToken);
            _unready = null;
        }
        catch (DatabaseSchemaException exception)
        {
            _unready = exception.Message;
            throw;
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            _unready = exception.Message;
            throw Unavailable(exception.Message);
        }
    }

    /// <summary>Runs statements that each stand for themselves; a batch is one transaction.</summary>
    /// <remarks><paramref name="work"/> runs again where the database chose it as the victim of a deadlock or a conflict.</remarks>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or refuses.</exception>
    public async Task<T> Run<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        if (_unready is { } why)
        {
            throw Unavailable(why);
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await _connections.OpenConnectionAsync();
                return await work(connection);
            }
            catch (PostgresException exception) when (IsVictim(exception) && tries < MaxTries)
            {
                await Task.Delay(RetryPause * tries, time);
            }
            catch (Exception exception) when (IsOutage(exception))
            {
                throw Unavailable(exception.Message);
            }
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, which is committed unless it throws; again, as <see cref="Run{T}"/> does.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or refuses.</exception>
    public Task<T> Transact<T>(IsolationLevel isolation, Func<NpgsqlConnection, Task<T>> work) => Run(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(isolation);
        var result = await work(connection);
        await transaction.CommitAsync();
        return result;
    });

    /// <summary>Listens on a connection of its own until that is lost.</summary>
    /// <param name="channel">What announcements are made on.</param>
    /// <param name="heard">Called once it listens, and at each announcement.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or the connection is lost.</exception>
    public async Task Listen(string channel, Action heard, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _connections.OpenConnectionAsync(cancellationToken);
            connection.Notification += (_, _) => heard();
            await connection.ExecuteBulk("LISTEN " + channel);
            heard();
            while (true)
            {
                await connection.WaitAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Unavailable(exception.Message);
        }
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    /// <summary>Nothing of a victim's transaction remains, so it may be tried again.</summary>
    private static bool IsVictim(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private static bool IsOutage(Exception exception) => exception is NpgsqlException or TimeoutException or ObjectDisposedException;

    /// <remarks>
    /// Without the cause as its inner exception: the driver's own types do not cross from a silo to a front end, which
    /// would get an exception that it takes for a bug.
    /// </remarks>
    private static StoreUnavailableException Unavailable(string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL: {why.TrimEnd('.')}."));
}
