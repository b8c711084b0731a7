using Microsoft.Extensions.Options;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Protocol.Sasl;
using Presence.Sessions.Authentication;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>
/// AUTH and its further steps. Whatever is wrong, the client hears the same 435: not which part was wrong, nor whether
/// the account exists.
/// </summary>
internal sealed class AuthHandler(
    Credentials credentials, VouchedLogins vouched, FailedLogins failed, IOptions<SessionOptions> options)
    : IVerbHandler
{
    private const string FurtherStep = "*";

    public string Verb => "AUTH";

    public Phase Needs => Phase.Open;

    public IReadOnlyList<string> Fields => AuthCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Phase != Phase.Open || session.Dialogue is not { } dialogue)
            return new Reply(405, "not-allowed");
        var (auth, refusal) = AuthCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);
        if (auth.IsAbort)
        {
            dialogue.Exchange = null;
            return new Reply(435, "auth-failed").With("text", "aborted");
        }

        return auth.Mechanism == FurtherStep
            ? Finish(session, dialogue, auth)
            : await Begin(session, dialogue, auth);
    }

    private async ValueTask<Reply> Begin(Session session, SaslDialogue dialogue, AuthCommand auth)
    {
        var isKnown = SaslMechanisms.TryParse(auth.Mechanism, out var mechanism);
        if (isKnown && mechanism == SaslMechanism.Plain && session.Transport.Tls is null
            && !dialogue.Offer.Lists(mechanism))
            return new Reply(426, "tls-required");
        if (!isKnown || !dialogue.Offer.Lists(mechanism) || auth.Data is not { } data)
            return Fail(dialogue);
        return mechanism switch
        {
            SaslMechanism.Plain => await CheckPlain(session, dialogue, data),
            SaslMechanism.External => await vouched.External(session, data) is { } named
                ? Succeed(session, named, null)
                : Fail(dialogue),
            SaslMechanism.OAuthBearer => await vouched.Bearer(session, data) is { } bearer
                ? Succeed(session, bearer, null)
                : Fail(dialogue).With("data", Base64Text.Encode(OAuthBearerMessage.InvalidToken.ToArray())),
            _ => await BeginScram(session, dialogue, mechanism, data),
        };
    }

    private async ValueTask<Reply> CheckPlain(Session session, SaslDialogue dialogue, ReadOnlyMemory<byte> data)
    {
        if (!PlainMessage.TryParse(data.Span, out var message))
            return Fail(dialogue);
        dialogue.Name = message.AuthenticationIdentity;
        await failed.Delay(dialogue.Name, session.Transport.Remote);
        return await credentials.Check(message, session.Domain) is { } user
            ? Succeed(session, user, null)
            : Refuse(session, dialogue);
    }

    private async ValueTask<Reply> BeginScram(
        Session session, SaslDialogue dialogue, SaslMechanism mechanism, ReadOnlyMemory<byte> data)
    {
        var exchange = dialogue.Begin(mechanism, session.Domain);
        if (exchange.Step1(data.Span) is not SaslOutcome.VerifierWanted wanted)
            return Fail(dialogue);
        dialogue.Claimed = SaslDialogue.UserOf(wanted.Username, session.Domain);
        dialogue.Name = wanted.Username;
        await failed.Delay(dialogue.Name, session.Transport.Remote);
        var verifier = await credentials.VerifierFor(dialogue.Claimed, wanted.Username);
        return exchange.ServerFirst(verifier) is SaslOutcome.Continue more
            ? new Reply(310, "continue").With("data", Base64Text.Encode(more.Data))
            : Fail(dialogue);
    }

    private Reply Finish(Session session, SaslDialogue dialogue, AuthCommand auth)
    {
        if (dialogue.Exchange is not { } exchange || auth.Data is not { } data)
            return dialogue.Exchange is null ? Reply.From(Refusal.NotAllowed) : Fail(dialogue);
        return exchange.Step2(data.Span) is SaslOutcome.Success success && dialogue.Claimed is { } user
            ? Succeed(session, user, success.Data)
            : Refuse(session, dialogue);
    }

    private Reply Succeed(Session session, Address user, ReadOnlyMemory<byte>? data)
    {
        failed.Forget(session.Dialogue!.Name, session.Transport.Remote);
        session.User = user;
        session.Phase = Phase.Authenticated;
        session.Dialogue!.Exchange = null;
        return Reply.Ok.With("user", user.ToString())
            .With("data", data is { } octets ? Base64Text.Encode(octets) : null);
    }

    /// <summary>The proof was wrong: this name from this side waits longer next time.</summary>
    private Reply Refuse(Session session, SaslDialogue dialogue)
    {
        failed.Count(dialogue.Name, session.Transport.Remote);
        return Fail(dialogue);
    }

    private Reply Fail(SaslDialogue dialogue)
    {
        dialogue.Exchange = null;
        return ++dialogue.Failures >= options.Value.MaxAuthFailures
            ? Reply.Last(435, "auth-failed")
            : new Reply(435, "auth-failed");
    }
}
