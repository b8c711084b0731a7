using Presence.Contracts;
using Presence.Sessions;

namespace Presence.Gateway.Admin;

/// <summary>Why one person sees another as he does: <c>GET /admin/explain?asker=A&amp;user=B</c>.</summary>
internal static class ExplainEndpoint
{
    public static void MapExplanations(this WebApplication app) => app.MapGet("/admin/explain", Explain)
        .AddEndpointFilter<AdminAccess>().AddEndpointFilter<AdminFaults>();

    private static async Task<IResult> Explain(
        string asker, string user, IGrainFactory grains, HostedDomains domains)
    {
        if (!NewAccount.TryReadUser(asker, out var who, out var why)
            || !NewAccount.TryReadUser(user, out var seen, out why))
            return Problems.Of(StatusCodes.Status400BadRequest, why);
        if (domains.Refuse(seen) is { } foreign)
            return Problems.Of(foreign, seen.ToString());
        var lines = await grains.GetUser(seen).Explain(who);
        return lines.IsEmpty
            ? Problems.Of(Model.Replies.Refusal.NotFound, seen.ToString())
            : Results.Json(new Explained(who.ToString(), seen.ToString(), [.. lines.Select(l => new ExplainedPart(l.Subject, l.Text))]));
    }
}

/// <summary>Answer of the endpoint.</summary>
internal sealed record Explained(string Asker, string User, IReadOnlyList<ExplainedPart> Lines);

/// <summary>One line of it.</summary>
internal sealed record ExplainedPart(string Subject, string Text);
