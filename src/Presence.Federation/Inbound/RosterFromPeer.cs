using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>
/// <c>ROSTER group epoch= [base=] from=group</c>: who of ours belongs to a group of theirs, so that its messages need not
/// name them (docs/protocol/federation.md, "Single-instancing").
/// </summary>
internal sealed class RosterFromPeer(IGrainFactory grains) : IPeerVerb
{
    private const int MaxLines = 10_000;

    public string Verb => "ROSTER";

    public string[] Fields { get; } = ["from", "epoch", "base", "type"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        if (frame.Target != asker.From.ToString() || asker.From.IsDomain)
            return Reply.From(Refusal.Forbidden).With("param", "from");
        if (Number(frame, "epoch") is not > 0)
            return Reply.From(Refusal.BadParameter("epoch"));
        if (frame.Parameters.Has("base") && Number(frame, "base") is null)
            return Reply.From(Refusal.BadParameter("base"));
        if (frame.Body is not { } body)
            return Reply.From(Refusal.BadRequest);
        if (!LineBodyReader.TryReadAll(body.Span, MaxLines, out var lines, out var fault))
            return Reply.From(new Refusal(fault.Code, fault.Reason, fault.Param));
        var members = ImmutableArray.CreateBuilder<RosterLine>(lines.Count);
        foreach (var line in lines)
        {
            if (!Address.TryParseCanonical(line.First, out var who, out _) || who.IsDomain)
                return Reply.From(Refusal.BadAddress);
            members.Add(new RosterLine(who, line.Parameters["state"] == "left"));
        }

        return await Install(asker, frame, members.ToImmutable());
    }

    /// <summary>A list is of one domain of ours: that of its members.</summary>
    private async Task<Reply> Install(PeerAsker asker, Frame frame, ImmutableArray<RosterLine> members)
    {
        var local = members.IsEmpty ? asker.Pair.Local : members[0].Who.Domain;
        if (members.Any(member => member.Who.Domain != local) || !asker.Session.Serves(asker.Pair with { Local = local }))
            return new Reply(502, "no-service");
        var epoch = Number(frame, "epoch")!.Value;
        var known = await grains.GetRoster(local, asker.From).Install(epoch, Number(frame, "base"), members);
        return known == epoch ? Reply.Ok : Mismatch(known);
    }

    /// <summary>The list that is meant is not the one that is known.</summary>
    public static Reply Mismatch(long known) => new Reply(409, "roster-mismatch").With("epoch", known);

    private static long? Number(Frame frame, string name) => long.TryParse(
        frame.Parameters[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
