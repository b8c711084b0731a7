using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Abroad;
using Presence.Sessions.Connections;
using Presence.Sessions.Forwarding;

namespace Presence.Sessions.Handlers;

/// <summary>SEND to one, answered by what became of it; or to a list, answered by a line for each recipient.</summary>
internal sealed class SendHandler(
    IGrainFactory grains, HostedDomains domains, ForwardWalk walk, Interests interests, ForeignMessages foreign) : IVerbHandler
{
    /// <summary>Milliseconds.</summary>
    private const int MaxPause = 20;

    public string Verb => "SEND";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => SendCommand.Fields;

    public ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (send, refusal) = SendCommand.Read(request, session.User);
        if (refusal is not null)
            return new(Reply.From(refusal));

        var message = MessageOf(session, send);
        if (send.Interest is { } name)
            return new(ToInterest(message, send.To[0].Domain, name));
        return send.IsList ? new(ToList(session, message, send.To)) : ToOne(session, message, send.To[0]);
    }

    private async ValueTask<Reply> ToOne(Session session, InstantMessage message, Address to)
    {
        var answer = await walk.Send(message, to);
        if (session.OffersCopies && WasTaken(answer))
            await Copy(session, message, [to]);
        if (MustHide(answer))
            await Pause();
        return WasTaken(answer) ? Reply.Accepted : SendReply.From(answer);
    }

    private async Task<Reply> ToList(Session session, InstantMessage message, ImmutableArray<Address> recipients)
    {
        var answers = await Task.WhenAll(recipients.Select(to => walk.Send(message, to).AsTask()));
        if (session.OffersCopies)
            await Copy(session, message, [.. recipients.Where((_, n) => WasTaken(answers[n]))]);
        if (answers.Any(MustHide))
            await Pause();
        return new Reply(207, "multi").WithBody("text/pip-results", Items(recipients, answers));
    }

    private static bool WasTaken(SendAnswer answer) => answer is { Refusal: null, Referral: null };

    /// <summary>Work is done for who is there and none for who is not: a pause hides the difference (access.md, "Polite blocking").</summary>
    private static bool MustHide(SendAnswer answer) => answer.Refusal?.Code == Refusal.Unavailable.Code;

    private static Task Pause() =>
        Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MaxPause)), TimeProvider.System);

    /// <summary>The sender learns nothing of those who listen, so no copy, receipt or count comes back.</summary>
    private async Task<Reply> ToInterest(InstantMessage message, Domain domain, ClassPattern name)
    {
        var post = message with { Place = InterestNode.Of(domain, name), Wants = ReceiptWishes.None };
        return SendReply.From(domains.Contains(domain)
            ? await interests.Send(post, domain, name)
            : await foreign.SendToInterest(post));
    }

    private static InstantMessage MessageOf(Session session, SendCommand send)
    {
        var now = session.Now;
        return new InstantMessage(
            session.User, send.Id, send.Type, send.Body, send.Language, send.Subject, send.InReplyTo, send.Wants,
            send.IsAutomatic, now, now + send.Life)
        {
            Class = send.Class,
            IsForBest = send.IsForBest,
            TakesRedirect = send.TakesRedirect,
            HasOwnLife = send.HasOwnLife,
        };
    }

    /// <summary>What was taken is told to the user's other endpoints; a composing indication is nothing to keep.</summary>
    private Task Copy(Session session, InstantMessage message, ImmutableArray<Address> taken) =>
        taken.IsEmpty || message.IsComposing || !domains.Contains(session.User.Domain)
            ? Task.CompletedTask
            : grains.GetUser(session.User).TakeCopy(session.Id ?? "", new CopyNotice(message, taken));

    private static ReadOnlyMemory<byte> Items(ImmutableArray<Address> recipients, SendAnswer[] answers)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        for (var n = 0; n < answers.Length; n++)
        {
            var reply = SendReply.From(answers[n]);
            writer.Item(recipients[n].ToString(), reply.Code.ToString(CultureInfo.InvariantCulture), reply.Reason);
            if (answers[n].Referral is { } referral)
                writer.Param("to", referral.To.ToString());
            writer.End();
        }

        return octets.WrittenMemory;
    }
}

/// <summary>The response to what was sent to a user.</summary>
internal static class SendReply
{
    public static Reply From(SendAnswer answer) => answer switch
    {
        { Refusal: { } refusal } => Reply.From(refusal),
        { Referral: { } referral } => new Reply(302, "moved")
            .With("to", referral.To.ToString()).With("ttl", Life(referral)),
        _ => new Reply(202, "accepted"),
    };

    private static string? Life(Referral referral) => referral.Life is { } life
        ? ((long)Math.Ceiling(life.TotalSeconds)).ToString(CultureInfo.InvariantCulture)
        : null;
}
