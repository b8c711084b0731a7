using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Peers;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Forwarding;
using Presence.Model.Invitations;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>How a user grain deals with invitations: lets them ring, and sees that one answer counts.</summary>
internal sealed class InvitationDesk(
    UserNode node, Admissions admissions, Courier courier, GrainOptions options, Neighbours neighbours)
{
    private readonly InvitationBook _book = new(InvitationLimits.Default);

    public DateTimeOffset? NextExpiry => _book.NextExpiry;

    public async Task<SendAnswer> Invite(Invitation invitation, DateTimeOffset now)
    {
        if (invitation.Via.Contains(node.Self))
            return SendAnswer.Of(Refusal.Loop);
        var admission = await admissions.OfCaller(invitation.From);
        if (!node.Exists)
            return SendAnswer.Of(admission.TellsAbsence ? Refusal.NotFound : Refusal.Forbidden);
        if (ForwardRule.Of(node.Properties) is { } rule
            && Forwarding.Decide(
                rule, admission, invitation.TakesRedirect, invitation.Hops, options.ProxyReferred, now) is { } elsewhere)
            return elsewhere;
        if (admission.Verdict == Verdict.Deny)
            return SendAnswer.Of(Refusal.Forbidden);
        if (_book.IsKnown(invitation.From, invitation.Id))
            return SendAnswer.Accepted;
        return SendAnswer.Of(await Ring(invitation, admission, now));
    }

    public async Task<Refusal?> Answer(AnswerRequest answer, DateTimeOffset now)
    {
        if (_book.Answer(answer.From, answer.Id, answer.Session, answer.Code, now) is not { } outcome)
            return Refusal.NoSuchTransaction;
        var isHeard = !outcome.MustTell || await Tell(outcome.Invitation, answer);
        await courier.To(
            outcome.MustStop, new CancelNotice(answer.Id, answer.Code < 300 ? "answered-elsewhere" : "declined"));
        return isHeard ? null : Refusal.NoSuchTransaction;
    }

    /// <summary>What does not ring here may ring where the user has it sent.</summary>
    public async Task<SendAnswer> Cancel(Address from, string id, string? why, int hops, DateTimeOffset now)
    {
        if (_book.Cancel(from, id, now) is { } ringing)
        {
            await courier.To(ringing, new CancelNotice(id, why));
            return SendAnswer.Accepted;
        }

        return hops > 0 && node.Exists && ForwardRule.Of(node.Properties) is { } rule
            && Forwarding.Decide(rule, await admissions.OfCaller(from), false, hops, options.ProxyReferred, now)
                is { Referral: not null } elsewhere
                ? elsewhere
                : SendAnswer.Of(Refusal.NoSuchTransaction);
    }

    public async Task<Refusal?> Refer(ReferNotice notice)
    {
        var admission = await admissions.OfCaller(notice.From);
        if (!node.Exists)
            return admission.TellsAbsence ? Refusal.NotFound : Refusal.Forbidden;
        if (admission.Verdict == Verdict.Deny)
            return Refusal.Forbidden;
        var isHeard = admission.Verdict == Verdict.Allow && (await courier.ToAll(notice)).Count > 0;
        return isHeard || !admission.KnowsPresence ? null : Refusal.Unavailable;
    }

    public async Task Abandon(string session, DateTimeOffset now)
    {
        foreach (var lost in _book.Abandon(session, now))
            await Tell(lost.Invitation, Refusal.Unavailable.Code);
    }

    public async Task EndExpired(DateTimeOffset now)
    {
        foreach (var over in _book.EndExpired(now))
        {
            await Tell(over.Invitation, 408);
            await courier.To([.. over.MustStop], new CancelNotice(over.Invitation.Id, "timeout"));
        }
    }

    /// <summary>A caller who may not know that nobody is there waits as long as for somebody who does not answer.</summary>
    private async Task<Refusal?> Ring(Invitation invitation, Admission admission, DateTimeOffset now)
    {
        var knowsPresence = admission.KnowsPresence;
        if (admission.Verdict == Verdict.Fake && knowsPresence)
            return courier.Absent;
        if (_book.IsFull)
            return knowsPresence ? Refusal.Overloaded : null;
        var isUndisturbed = node.View.Status == StatusToken.DoNotDisturb;
        if (isUndisturbed && knowsPresence)
            return Refusal.Busy;
        var rings = isUndisturbed || admission.Verdict == Verdict.Fake
            ? Takers.None
            : await courier.ToAll(new InviteNotice(invitation));
        if (rings.Count == 0 && knowsPresence)
            return rings.IsUnsure ? Refusal.Overloaded : Refusal.Unavailable;
        _book.Ring(invitation, rings.Sessions, knowsPresence, now);
        return null;
    }

    private Task<bool> Tell(Invitation invitation, int code) =>
        Tell(invitation, new AnswerRequest("", invitation.From, invitation.Id, code, null, default));

    private Task<bool> Tell(Invitation invitation, AnswerRequest answer)
    {
        var calledAt = invitation.Via.IsEmpty ? node.Self : invitation.Via[0];
        return neighbours.TakeAnswer(
            invitation,
            new AnswerNotice(
                calledAt, Disclosed(invitation, answer), answer.Id, answer.Code, answer.Type, answer.Body));
    }

    /// <summary>The endpoint is told on acceptance only, to whoever called the user here, and never against his will.</summary>
    private string? Disclosed(Invitation invitation, AnswerRequest answer) =>
        answer.Code is >= 200 and < 300 && invitation.Via.IsEmpty
            && node.Properties[StandardPaths.PeerPolicy]?.Value.Text != "deny"
            ? courier.EndpointOf(answer.Session)
            : null;
}
