using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Sessions.Abroad;

namespace Presence.Sessions.Forwarding;

/// <summary>
/// Goes with a message or invitation from the node that it was sent to, along forward rules, to the one that deals with
/// it. The gateway goes, not the grains: no user grain ever waits for another one, so rules that lead in a circle
/// cannot stop anybody (docs/protocol/messages.md, "Forwarding").
/// </summary>
internal sealed class ForwardWalk(IGrainFactory grains, HostedDomains domains, ForeignMessages foreign, IUserDesks desks)
{
    /// <summary>
    /// What the sender is answered. Once the first node has accepted and sent it on, what happens later is told by a
    /// receipt, if it was asked for and the sender may know.
    /// </summary>
    public ValueTask<SendAnswer> Send(InstantMessage message, Address to) =>
        domains.Contains(to.Domain) && desks.TryReceive(to, message) is { } answer
            ? new ValueTask<SendAnswer>(answer)
            : new ValueTask<SendAnswer>(Walk(message, to));

    private async Task<SendAnswer> Walk(InstantMessage message, Address to)
    {
        var end = await Go(
            new Stage(to, message.Via, message.Hops, message.TakesRedirect),
            (node, stage) => node.Receive(message with
            {
                Via = stage.Via,
                Hops = stage.Hops,
                TakesRedirect = stage.TakesRedirect,
                Wants = stage.IsSilent ? ReceiptWishes.None : message.Wants,
            }),
            stage => foreign.Send(message, stage));
        if (end is { Stage.IsAccepted: true, Answer.Refusal: { } refusal })
        {
            if (!end.Stage.IsSilent && message.Wants != ReceiptWishes.None)
                await TellFailed(message, to, refusal.Code);
            return SendAnswer.Accepted;
        }

        return end.Answer;
    }

    /// <summary>What the caller is answered. Nobody has to answer for the way that an invitation took: it rings or does not.</summary>
    public async Task<SendAnswer> Invite(Invitation invitation, Address to)
    {
        var end = await Go(
            new Stage(to, invitation.Via, invitation.Hops, invitation.TakesRedirect),
            (node, stage) => node.Invite(invitation with
            {
                Via = stage.Via,
                Hops = stage.Hops,
                TakesRedirect = stage.TakesRedirect,
            }),
            stage => foreign.Invite(invitation, stage));
        if (end is not { Stage.IsAccepted: true, Answer.Refusal: { } refusal })
            return end.Answer;
        return end.Stage.IsSilent ? SendAnswer.Accepted
            : IsOfTheWay(refusal.Code) || refusal == Refusal.Busy ? end.Answer
            : SendAnswer.Of(Refusal.Unavailable);
    }

    /// <summary>Asks node after node until one neither sends it on nor has to.</summary>
    public async Task<WalkEnd> Go(
        Stage first, Func<IUserGrain, Stage, Task<SendAnswer>> ask, Func<Stage, Task<SendAnswer>> askAbroad)
    {
        var stage = first;
        while (true)
        {
            if (foreign.Has(stage.To))
            {
                return new WalkEnd(
                    stage, foreign.WhyNot(stage) is { } why ? SendAnswer.Of(why) : await askAbroad(stage));
            }

            if (domains.Refuse(stage.To) is { } unreachable)
                return new WalkEnd(stage, SendAnswer.Of(unreachable));
            var answer = await ask(grains.GetUser(stage.To), stage);
            if (answer.Referral is not { Kind: not ReferralKind.Tell } referral)
                return new WalkEnd(stage, answer);
            stage = stage.Next(referral);
        }
    }

    /// <summary>Failures of the way are told as they are; what the last node thinks of the sender is not.</summary>
    private Task TellFailed(InstantMessage message, Address sentTo, int code)
    {
        var receipt = new Receipt(
            sentTo, message.Id, Disposition.Failed, message.SentAt, IsOfTheWay(code) ? code : Refusal.Unavailable.Code);
        return foreign.Has(message.From)
            ? foreign.TellFailed(message.From, receipt)
            : grains.GetUser(message.From).TakeReceipt(receipt);
    }

    private static bool IsOfTheWay(int code) => code is 482 or 483 or >= 500;
}

/// <summary>One node on the way.</summary>
/// <param name="To">The node.</param>
/// <param name="Via">Those before it.</param>
/// <param name="Hops">Steps left.</param>
/// <param name="TakesRedirect">True while the sender can be told to go elsewhere himself.</param>
/// <param name="IsAccepted">True once a node has accepted it and sent it on.</param>
/// <param name="IsSilent">True once a node has sent it on whose presence the sender may not know.</param>
internal sealed record Stage(
    Address To, ImmutableArray<Address> Via, int Hops, bool TakesRedirect, bool IsAccepted = false,
    bool IsSilent = false)
{
    public Stage Next(Referral referral) => new(
        referral.To,
        Via.Add(To),
        Hops - 1,
        TakesRedirect && referral.Kind == ReferralKind.Alias,
        IsAccepted || referral.Kind != ReferralKind.Alias,
        IsSilent || referral.Kind == ReferralKind.GoOnInSilence);
}

/// <summary>Where the walk ended, and how.</summary>
internal sealed record WalkEnd(Stage Stage, SendAnswer Answer);
