using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Forwarding;

namespace Presence.Sessions.Abroad;

/// <summary>Messages and invitations on their way to another domain.</summary>
internal sealed class ForeignMessages(ForeignDomains domains)
{
    /// <summary>An answer may come a little later than the invitation ends.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromSeconds(30);

    public Refusal? WhyNot(Stage stage) => domains.WhyNot(stage.To.Domain);

    public bool Has(Address node) => domains.Has(node);

    public async Task<SendAnswer> Send(InstantMessage message, Stage stage)
    {
        var request = new PeerRequest(
            "SEND", stage.To.ToString(), ParametersOf(message, stage), message.Body.ToArray(), message.Expires,
            domains.Has(message.From) ? null : new OwedReceipt(
                message.From,
                stage.Via.IsEmpty ? stage.To : stage.Via[0],
                message.Id,
                message.Wants != ReceiptWishes.None && !stage.IsSilent));
        return ForeignDomains.AnswerOf(await domains.Grain(LocalOf(message.From, stage), stage.To.Domain).Ask(request));
    }

    /// <summary>To an interest node of another domain, which tells nothing of who listens there.</summary>
    public async Task<SendAnswer> SendToInterest(InstantMessage message)
    {
        var place = message.Place!.Value;
        var remote = place.Address!.Value;
        return domains.WhyNot(remote.Domain) is { } why
            ? SendAnswer.Of(why)
            : ForeignDomains.AnswerOf(await domains.Grain(message.From.Domain, remote.Domain).Ask(new PeerRequest(
                "SEND", place.ToString(), ParametersOf(message, new Stage(remote, [], 0, TakesRedirect: false)),
                message.Body.ToArray(), message.Expires)));
    }

    public async Task<SendAnswer> Invite(Invitation invitation, Stage stage)
    {
        var grain = domains.Grain(LocalOf(invitation.From, stage), stage.To.Domain);
        if (!domains.Has(invitation.From))
        {
            await grain.NoteCaller(
                invitation.From, invitation.Id, invitation.Session, invitation.Expires + AnswerGrace);
        }

        return ForeignDomains.AnswerOf(await grain.Ask(new PeerRequest(
            "INVITE", stage.To.ToString(),
            [
                new("from", invitation.From.ToString()),
                new("inv", invitation.Id),
                Seconds("ttl", invitation.Expires - domains.Clock.Now),
                new("type", invitation.Type),
                .. Wants(ReceiptWishes.None, stage.TakesRedirect),
                .. Way(stage),
            ],
            invitation.Offer.ToArray(),
            invitation.Expires)));
    }

    public async Task<SendAnswer> Cancel(Address from, string id, string? why, Stage stage) =>
        ForeignDomains.AnswerOf(await domains.Grain(LocalOf(from, stage), stage.To.Domain).Ask(new PeerRequest(
            "CANCEL", stage.To.ToString(),
            [new("from", from.ToString()), new("inv", id), .. Optional("why", why), .. Way(stage)],
            null,
            domains.Clock.Now + ForeignDomains.Life)));

    /// <summary>A receipt for somebody abroad, who sent to <paramref name="receipt"/>.From.</summary>
    public Task TellFailed(Address to, Receipt receipt) => domains.Has(receipt.From)
        ? Task.CompletedTask
        : domains.Grain(receipt.From.Domain, to.Domain).Post(new PeerRequest(
            "RECEIPT", to.ToString(),
            [
                new("from", receipt.From.ToString()),
                new("mid", receipt.MessageId),
                new("disp", DispositionWords.Word(receipt.Disposition)),
                new("code", receipt.Code.ToString(CultureInfo.InvariantCulture)),
            ],
            null,
            domains.Clock.Now + ForeignDomains.Life));

    /// <summary>The domain that sends it: that of the sender, or of the last one who has sent it on.</summary>
    private Domain LocalOf(Address from, Stage stage) =>
        stage.Via.LastOrDefault(node => !domains.Has(node)) is { Domain: var last } && last != default
            ? last
            : from.Domain;

    private ImmutableArray<SavedParameter> ParametersOf(InstantMessage message, Stage stage) =>
    [
        new("from", message.From.ToString()),
        new("mid", message.Id),
        new("type", message.Type),
        .. Optional("lang", message.Language),
        .. Optional("class", message.Class),
        .. Optional("subject", message.Subject),
        .. Optional("re", message.InReplyTo),
        .. Wants(stage.IsSilent ? ReceiptWishes.None : message.Wants, stage.TakesRedirect),
        .. Optional("auto", message.IsAutomatic ? "yes" : null),
        .. Optional("deliver", message.IsForBest ? "best" : null),
        Seconds("ttl", message.Expires - domains.Clock.Now),
        .. Way(stage),
        new("t", WireTime.ToText(message.SentAt)),
    ];

    private static IEnumerable<SavedParameter> Wants(ReceiptWishes wishes, bool takesRedirect)
    {
        var words = DispositionWords.Format(wishes);
        return Optional("want", takesRedirect ? string.Join(',', new[] { words, "redirect" }.OfType<string>()) : words);
    }

    private static IEnumerable<SavedParameter> Way(Stage stage) => stage.Via.IsEmpty ? [] :
    [
        new("via", string.Join(',', stage.Via)),
        new("hops", stage.Hops.ToString(CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<SavedParameter> Optional(string name, string? value) =>
        value is null ? [] : [new SavedParameter(name, value)];

    private static SavedParameter Seconds(string name, TimeSpan time) =>
        new(name, Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
}
