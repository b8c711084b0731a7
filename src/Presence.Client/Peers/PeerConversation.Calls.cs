using System.Security.Cryptography;
using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Peers;

/// <content>Invitations to a direct connection, and what comes from home.</content>
public sealed partial class PeerConversation
{
    private const string OfferRefused = "488";
    private const string Busy = "486";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    // Held by whoever is about to make a connection, so that there is one at a time.
    private readonly SemaphoreSlim _meeting = new(1, 1);
    private readonly SeenMessages _invitations = new();
    private PeerCall? _call;

    /// <summary>
    /// Invites the partner to a direct connection and waits for it. He is told the addresses of this side with the
    /// invitation; his own come with his acceptance.
    /// </summary>
    /// <exception cref="PipConnectionException">The session's connection ended.</exception>
    public async Task<PeerResult> GoDirect(CancellationToken cancellation = default)
    {
        PeerResult? result;
        do
            result = await Invite(cancellation);
        while (result is null);

        return result;
    }

    /// <summary>One attempt of this side; null if it has given way to an invitation of the other side.</summary>
    private async Task<PeerResult?> Invite(CancellationToken cancellation)
    {
        await _meeting.WaitAsync(cancellation);
        try
        {
            return IsDirect
                ? new PeerResult(true, "A direct connection stands.")
                : await InviteAlone(cancellation);
        }
        finally
        {
            _meeting.Release();
        }
    }

    private async Task<PeerResult?> InviteAlone(CancellationToken cancellation)
    {
        if (await _rules.For(PropertyPath.Root, cancellation) is not { PermitsConnection: true })
            return new PeerResult(false, "Your own lists do not allow a direct connection with this partner.");

        await using var rendezvous = PeerRendezvous.Open(_options);
        if (rendezvous is null)
            return new PeerResult(false, "This machine has no address at which the other side could connect.");

        var call = new PeerCall(RandomNumberGenerator.GetHexString(24, lowercase: true));
        Volatile.Write(ref _call, call);
        try
        {
            return await Call(call, rendezvous, cancellation);
        }
        finally
        {
            Volatile.Write(ref _call, null);
        }
    }

    private async Task<PeerResult?> Call(PeerCall call, PeerRendezvous rendezvous, CancellationToken cancellation)
    {
        var answer = await _home.Ask("INVITE", Partner.ToString(),
            [("inv", call.Id), ("type", PeerOffer.ContentType)], rendezvous.Offer.Write(), cancellation);
        if (!answer.IsDone)
            return new PeerResult(false, $"The invitation was refused: {answer.Code} {answer.Reason}.");

        InvitationAnswer? final;
        try
        {
            final = await call.Answer.WaitAsync(Patience, _options.Time, cancellation);
        }
        catch (TimeoutException)
        {
            return new PeerResult(false, "The invitation was not answered.");
        }

        if (final is null)
        {
            await _home.Ask("CANCEL", Partner.ToString(), [("inv", call.Id)], body: null, cancellation);
            return null;
        }

        if (final.Code is < 200 or > 299 || PeerOffer.Read((final.Body ?? default).Span) is not { } offer)
            return new PeerResult(false, $"The partner answered {final.Code}.");

        return await Meet(rendezvous, offer, isCaller: true, cancellation)
            ? new PeerResult(true, "A direct connection stands.")
            : new PeerResult(false, "No direct connection came about; the home servers go on.");
    }

    private async Task<bool> Meet(
        PeerRendezvous rendezvous, PeerOffer offer, bool isCaller, CancellationToken cancellation)
    {
        var meeting = new PeerMeeting(_home.Account, Partner, offer, isCaller, (link, request) =>
            _door.Serve(link, request));
        if (await rendezvous.Meet(meeting, cancellation) is not { } link)
            return false;

        Volatile.Write(ref _link, link);
        Start(Follow(link));
        return true;
    }

    /// <summary>Takes what the home server tells, until the session or this conversation ends.</summary>
    private async Task Pump()
    {
        try
        {
            await foreach (var happened in _home.Events(_stopping.Token))
            {
                if (!IsOurs(happened))
                    await _events.HandOver(happened, _stopping.Token);
            }

            _events.Complete(why: null);
        }
        catch (Exception exception) when (exception is PipConnectionException or OperationCanceledException)
        {
            _events.Complete(exception is PipConnectionException ? exception : null);
        }
    }

    /// <summary>True for what belongs to the conversation itself, and for what has come the other way already.</summary>
    private bool IsOurs(PresenceEvent happened) => happened switch
    {
        Message message => message.From.Equals(Partner) && message.Target.IsOwn && !_seen.Add(message.Mid),
        Notification change => _door.Relay(change) || !_watches.IsNews(change),
        InvitationAnswer answer => Volatile.Read(ref _call)?.Take(answer) == true,
        InvitationOffer offer when offer.From.Equals(Partner) && PeerOffer.IsTypeOf(offer.ContentType) => Answer(offer),
        InvitationEnd end => _invitations.Contains(end.Id),
        _ => false,
    };

    private bool Answer(InvitationOffer offer)
    {
        _invitations.Add(offer.Id);
        Start(Respond(offer));
        return true;
    }

    private async Task Respond(InvitationOffer invitation)
    {
        try
        {
            // If both invite at once, the side whose address sorts lower calls.
            var isLower = string.CompareOrdinal(_home.Account.ToString(), Partner.ToString()) < 0;
            if (Volatile.Read(ref _call) is { } call && (isLower || !call.GiveWay()))
            {
                await Answer(invitation, Busy, body: null);
                return;
            }

            var before = Direct;
            await _meeting.WaitAsync(_stopping.Token);
            try
            {
                if (Direct is { } made && made != before)
                    await Answer(invitation, Busy, body: null);
                else
                    await RespondAlone(invitation);
            }
            finally
            {
                _meeting.Release();
            }
        }
        catch (Exception exception) when (exception is PipConnectionException or PipRefusedException
            or TimeoutException or OperationCanceledException)
        {
            // The caller has given up, or the session is over: the home servers go on, or nothing does.
        }
    }

    private async Task RespondAlone(InvitationOffer invitation)
    {
        // Who invites has no connection: what this side takes for one is lost.
        await GoHome();
        var offer = PeerOffer.Read(invitation.Body.Span);
        await using var rendezvous = offer is not null && await Accepts() ? PeerRendezvous.Open(_options) : null;
        if (rendezvous is null)
        {
            await Answer(invitation, OfferRefused, body: null);
            return;
        }

        // Only now, as he has accepted, does the other side learn an address of this one.
        (await Answer(invitation, "200", rendezvous.Offer.Write())).Require();
        await Meet(rendezvous, offer!, isCaller: false, _stopping.Token);
    }

    private async Task<bool> Accepts() => _options.Accepts
        && await _rules.For(PropertyPath.Root, _stopping.Token) is { PermitsConnection: true };

    private Task<ServerAnswer> Answer(InvitationOffer invitation, string code, ReadOnlyMemory<byte>? body) =>
        _home.Ask("ANSWER", Partner.ToString(),
            [("inv", invitation.Id), ("code", code), ("type", body is null ? null : PeerOffer.ContentType)],
            body, _stopping.Token);
}
