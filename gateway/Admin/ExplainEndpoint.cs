using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>Why one person sees another as he does: <c>GET /admin/explain?asker=A&amp;user=B</c>.</summary>
internal static class ExplainEndpoint
{
    public static void MapExplanations(this WebApplication app) => app.MapGet("/admin/explain", Explain)
        .AddEndpointFilter<AdminAccess>().AddEndpointFilter<AdminFaults>();

    private static async Task<IResult> Explain(string asker, string user, Explanations explanations)
    {
        var (told, refused) = await explanations.Of(asker, user);
        return refused is not null
            ? Problems.Of(refused)
            : Results.Json(new Explained(told!.Asker.ToString(), told.User.ToString(),
                [.. told.Lines.Select(line => new ExplainedPart(line.Subject, line.Text))]));
    }
}

/// <summary>Answer of the endpoint.</summary>
internal sealed record Explained(string Asker, string User, IReadOnlyList<ExplainedPart> Lines);

/// <summary>One line of it.</summary>
internal sealed record ExplainedPart(string Subject, string Text);
