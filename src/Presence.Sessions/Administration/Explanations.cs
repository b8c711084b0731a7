using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;

namespace Presence.Sessions.Administration;

/// <summary>Why one person sees another as he does.</summary>
public sealed class Explanations(IGrainFactory grains, HostedDomains domains)
{
    /// <param name="asker">Who looks, as typed.</param>
    /// <param name="user">Who is looked at, as typed.</param>
    public async Task<(Explanation? Told, AdminRefusal? Refused)> Of(string? asker, string? user)
    {
        if (!NewAccount.TryReadUser(asker, out var who, out var why)
            || !NewAccount.TryReadUser(user, out var seen, out why))
            return (null, AdminRefusal.Bad(why));
        if (domains.Refuse(seen) is { } foreign)
            return (null, AdminRefusal.Of(foreign, seen.ToString()));
        var lines = await grains.GetUser(seen).Explain(who);
        return lines.IsEmpty
            ? (null, AdminRefusal.NotFound($"There is no user {seen}."))
            : (new Explanation(who, seen, lines), null);
    }
}

/// <summary>Each line is a subject and a sentence.</summary>
public sealed record Explanation(Address Asker, Address User, ImmutableArray<ExplainedLine> Lines);
