using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;

namespace Hearth.WebFrontend.Views;

/// <summary>Makes visitors of addresses and user agents, with a salt that the cluster replaces each day. The address is kept nowhere.</summary>
internal sealed class VisitorHashes(IGrainFactory grains, ViewCalendar calendar)
{
    private volatile Salt? _salt;

    public async ValueTask<ulong> Of(IPAddress address, string userAgent)
    {
        var salt = await Today();
        var who = Encoding.UTF8.GetBytes($"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}\n{userAgent}");
        return BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(salt, who));
    }

    private async ValueTask<byte[]> Today()
    {
        var today = calendar.Today;
        if (_salt is { } known && known.Day == today)
        {
            return known.Value;
        }

        var salt = await grains.GetGrain<IVisitorSaltGrain>(0).GetSalt(today);
        _salt = new Salt(today, salt);
        return salt;
    }

    private sealed record Salt(DateOnly Day, byte[] Value);
}
