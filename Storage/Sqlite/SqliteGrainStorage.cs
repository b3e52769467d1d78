using System.Globalization;
using Orleans.Storage;

namespace Hearth.Storage.Sqlite;

/// <summary>
/// Grain state in <c>state.db</c>, group committed with every other grain's writes. The ADO.NET provider would make one
/// transaction per write (see docs/adr).
/// </summary>
internal sealed class SqliteGrainStorage(DataDirectory data, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (type, key) = Names(grainId);
        var row = await data.State.Read(session => session.Query(
            "SELECT etag, data FROM grain_state WHERE grain_type = $1 AND grain_key = $2 AND name = $3",
            reader => (Etag: reader.GetInt64(0), Data: reader.GetFieldValue<byte[]>(1)), type, key, stateName));
        if (row is [var found])
        {
            grainState.State = serializer.Deserialize<T>(new BinaryData(found.Data))!;
            grainState.ETag = found.Etag.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        else
        {
            Reset(grainState);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (type, key) = Names(grainId);
        var bytes = serializer.Serialize(grainState.State).ToArray();
        var expected = Etag(grainState.ETag);
        var stored = await data.State.Write(session => expected == 0
            ? session.Execute("INSERT INTO grain_state VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING", type, key, stateName, bytes)
            : session.Execute(
                "UPDATE grain_state SET etag = etag + 1, data = $4 WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND etag = $5",
                type, key, stateName, bytes, expected));
        Confirm(stored, grainId, grainState.ETag);
        grainState.ETag = (expected + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (type, key) = Names(grainId);
        var expected = Etag(grainState.ETag);
        if (expected != 0)
        {
            Confirm(await data.State.Write(session => session.Execute(
                "DELETE FROM grain_state WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND etag = $4",
                type, key, stateName, expected)), grainId, grainState.ETag);
        }

        Reset(grainState);
    }

    private static (string Type, string Key) Names(GrainId id) => (id.Type.ToString()!, id.Key.ToString()!);

    private static long Etag(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private static void Confirm(int rows, GrainId grainId, string? etag)
    {
        if (rows == 0)
        {
            throw new InconsistentStateException($"Another activation of {grainId} has written its state.", "another", etag, null!);
        }
    }

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
    }
}
