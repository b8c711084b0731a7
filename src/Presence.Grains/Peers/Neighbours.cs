using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Messages;

namespace Presence.Grains.Peers;

/// <summary>
/// The other people that a node has to do with, wherever they live: users of ours have grains, those of other domains are
/// reached by the grain of their domain.
/// </summary>
internal sealed class Neighbours(IGrainFactory grains, Address self, IHostedDomains domains, PresenceClock clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    public bool IsAbroad(Address person) => !domains.Contains(person.Domain);

    public IPeerDomainGrain DomainOf(Address person) =>
        grains.GetPeerDomain(new DomainPair(self.Domain, person.Domain));

    public Task TakeReceipt(Address to, Receipt receipt)
    {
        if (!IsAbroad(to))
            return grains.GetUser(to).TakeReceipt(receipt);

        // We vouch for our own addresses only: a receipt for a message that came by way of another domain stays here.
        if (IsAbroad(receipt.From))
            return Task.CompletedTask;
        return grains.GetPeerDomain(new DomainPair(receipt.From.Domain, to.Domain)).Post(Request(
            "RECEIPT", to, receipt.From,
            [
                new("mid", receipt.MessageId),
                new("disp", DispositionWords.Word(receipt.Disposition)),
                .. receipt.Code == 0 ? [] : new[] { Number("code", receipt.Code) },
            ]));
    }

    /// <summary>False if there is nobody to hear it.</summary>
    public Task<bool> TakeAnswer(Invitation invitation, AnswerNotice answer)
    {
        if (!IsAbroad(invitation.From))
            return grains.GetUser(invitation.From).TakeAnswer(invitation.Session, answer);
        ImmutableArray<SavedParameter> parameters =
        [
            new("inv", answer.Id),
            Number("code", answer.Code),
            .. answer.Endpoint is { } endpoint ? [new SavedParameter("ep", endpoint)] : Array.Empty<SavedParameter>(),
            .. answer.Type is { } type ? [new SavedParameter("type", type)] : Array.Empty<SavedParameter>(),
        ];
        return DomainOf(invitation.From).Post(
            Request("ANSWER", invitation.From, answer.From, parameters) with
            {
                Body = answer.Type is null ? null : answer.Body.ToArray(),
            });
    }

    private PeerRequest Request(string verb, Address to, Address from, ImmutableArray<SavedParameter> parameters) =>
        new(verb, to.ToString(), [new("from", from.ToString()), .. parameters], null, clock.Now + Life);

    private static SavedParameter Number(string name, int number) =>
        new(name, number.ToString(CultureInfo.InvariantCulture));
}
