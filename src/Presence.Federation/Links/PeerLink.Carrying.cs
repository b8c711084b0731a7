using System.Collections.Concurrent;
using Presence.Contracts.Peers;
using Presence.Federation.Dialing;
using Presence.Protocol.Framing;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Links;

/// <content>
/// A pair of domains without a connection of its own: its frames are on the connection of another link between the same two
/// servers, in a session on which its domain was proven.
/// </content>
internal sealed partial class PeerLink
{
    private static readonly TimeSpan PatienceWithLink = TimeSpan.FromSeconds(12);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Frame?>> _questions = new();
    private PeerLink? _carrier;
    private LinkSession? _carrierSession;

    /// <summary>True if it has a connection of its own.</summary>
    public bool HasConnection => Current() is not null;

    /// <summary>Why connecting has failed last, or null.</summary>
    public DialFailure? Failure => _failure;

    /// <summary>From now on this link's frames go with those of another one, as long as its session lasts.</summary>
    public void Carry(PeerLink carrier, LinkSession session)
    {
        session.Add(Pair);
        lock (_lock)
        {
            if (_isReleased || _connection is not null)
                return;
            (_carrier, _carrierSession) = (carrier, session);
        }

        carrier.TakeOver(Pair, _requests.TakeAll(Pair));
        _failure = null;
        _failures = 0;
        host.Changed(this);
    }

    /// <summary>The other side has proven one more of its domains on this link.</summary>
    public void Accept(DomainPair other, LinkSession session)
    {
        if (other == Pair)
            return;
        host.Of(other).Carry(this, session);
    }

    /// <summary>Asks the server at the other end itself. Null if there is no answer.</summary>
    public async Task<Frame?> AskAboutLink(string verb, string target, params (string Name, string? Value)[] parameters)
    {
        if (Current() is not { } connection)
            return null;
        var tag = NextTag();
        var answer = new TaskCompletionSource<Frame?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[tag] = answer;
        try
        {
            connection.Request(verb, tag, target, parameters);
            return await answer.Task.WaitAsync(PatienceWithLink, host.Clock.Time);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _questions.TryRemove(tag, out _);
        }
    }

    private void TakeOver(DomainPair pair, IReadOnlyList<OutgoingRequest> requests)
    {
        foreach (var request in requests)
            _requests.Add(pair, request.Number, request.Request);
        Pump();
    }

    /// <summary>The link that carries this one, or null.</summary>
    private PeerLink? Carrier()
    {
        lock (_lock)
            return _carrier is { } carrier && carrier.Session == _carrierSession ? carrier : null;
    }

    /// <summary>The session that the proof was given in is gone, or there is a connection of its own.</summary>
    private void Uncarry()
    {
        PeerLink? carrier;
        lock (_lock)
            (carrier, _carrier, _carrierSession) = (_carrier, null, null);
        if (carrier is null)
            return;
        TakeOver(Pair, carrier._requests.TakeAll(Pair));
    }

    private void ReviewCarrier()
    {
        if (_carrier is null || Carrier() is not null)
            return;
        Uncarry();
        host.Changed(this);
        GiveTimeToReturn();
        Want();
    }

    private void EndQuestions()
    {
        foreach (var question in _questions.Values)
            question.TrySetResult(null);
    }

    private void PutHereOrThere(OutboundEvent outbound) => (Carrier() ?? this).Put(outbound);
}
