using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hearth.Model.Ids;
using Hearth.Model.Views;
using Hearth.Model.Views.UserAgents;

namespace Hearth.AspNetCore.Views;

/// <summary>Checks views as callers post them and makes them ready for the log: the day decided, strings hashed.</summary>
internal sealed class ViewFactory(ViewCalendar calendar, UserAgentClassifier agents, ReferrerHosts referrers, TimeProvider time)
{
    private const int MaxCount = 1_000_000;
    private const int MaxLocationLength = 32;
    private const int MaxVisitorLength = 1024;
    private const int MaxCampaignLength = 64;

    private static readonly SearchValues<char> LocationCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>Says what is wrong with a location, or null where nothing is. Empty is no location.</summary>
    public static string? LocationProblem(string location) =>
        location.Length > MaxLocationLength || location.AsSpan().ContainsAnyExcept(LocationCharacters)
            ? $"A location is 1 to {MaxLocationLength} of A-Z a-z 0-9 - _."
            : null;

    /// <summary>Makes a view of a page, whose id is valid, now and by nobody known.</summary>
    public AppendedView Create(string page)
    {
        var (day, hour) = calendar.Now;
        return new AppendedView(page, new PageView(day, "", null, 1, hour, Traffic.Human, "", ""), null);
    }

    /// <summary>Makes a view; what is wrong with it goes to <paramref name="errors"/>, by field.</summary>
    /// <param name="body">The view as posted.</param>
    /// <param name="prefix">Stands before the names of fields, such as <c>[3].</c>.</param>
    /// <param name="errors">Receives messages by field.</param>
    /// <param name="caller">Who posts it.</param>
    public AppendedView Create(PageViewBody body, string prefix, Dictionary<string, string[]> errors, ViewCaller caller)
    {
        var now = time.GetUtcNow();
        var at = body.At ?? new ViewTime(now);
        Check("page", Id.Problem(body.Page) is { } pageProblem ? $"The id {pageProblem}." : null);
        Check("location", LocationProblem(body.Location ?? ""));
        Check("visitor", body.Visitor?.Length > MaxVisitorLength ? $"At most {MaxVisitorLength} characters." : null);
        Check("id", body.Id is not null && Id.Problem(body.Id) is { } idProblem ? $"The id {idProblem}." : null);
        Check("at", at.IsPlausible(now + MaxAhead, calendar) ? null : "Not before 2000, and not more than 5 minutes ahead.");
        Check("campaign", body.Campaign is null || IsCampaign(body.Campaign) ? null : $"A campaign is 1 to {MaxCampaignLength} printable characters.");
        var referrer = referrers.HostOf(body.Referrer);
        Check("referrer", referrer is null ? "A referrer is a URL or a host." : null);
        Check("address", body.Address is null || IPAddress.TryParse(body.Address, out _) ? null : "An IP address, such as 203.0.113.7 or 2001:db8::7.");
        Check("count", body.Count is < 1 or > MaxCount ? $"A count is 1 to {MaxCount}." : null);
        var traffic = TrafficOf(body, caller);
        return errors.Count > 0 ? default : new AppendedView(
            body.Page!,
            new PageView(
                at.DayIn(calendar), body.Location ?? "", traffic == Traffic.Bot ? null : VisitorHash(body.Visitor), (int)(body.Count ?? 1), at.HourIn(calendar),
                traffic, referrer!, body.Campaign ?? ""),
            body.Id is null ? null : EventHash(body.Id));

        void Check(string field, string? problem)
        {
            if (problem is not null)
            {
                errors.Add(prefix + field, [problem]);
            }
        }
    }

    /// <summary>A browser always names an agent; a site's server may not know it.</summary>
    private Traffic TrafficOf(PageViewBody body, ViewCaller caller) => caller.AgentOf(body) is { } agent
        && (string.IsNullOrWhiteSpace(agent) ? caller.IsPublic : agents.IsBot(agent)) ? Traffic.Bot : Traffic.Human;

    private static bool IsCampaign(string campaign) =>
        campaign.Length > 0 && campaign.EnumerateRunes().Take(MaxCampaignLength + 1).Count() <= MaxCampaignLength && campaign.EnumerateRunes().All(IsPrintable);

    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static ulong? VisitorHash(string? visitor)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return string.IsNullOrEmpty(visitor) || !Hash(visitor, hash) ? null : BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private static UInt128 EventHash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(id, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static bool Hash(string text, Span<byte> hash)
    {
        Span<byte> utf8 = stackalloc byte[MaxVisitorLength * 3];
        return SHA256.TryHashData(utf8[..Encoding.UTF8.GetBytes(text, utf8)], hash, out _);
    }
}
