using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Endpoints and the sessions they are bound to.</content>
internal sealed partial class UserGrain
{
    public async Task<BindAnswer> Bind(EndpointBinding binding)
    {
        if (!_node.Exists || _node.Kind != NodeKinds.User)
            return BindAnswer.Refused(Refusal.NotFound);
        if (_endpoints.Check(binding) is { } refusal)
            return BindAnswer.Refused(refusal);
        var displaced = _endpoints.Displaced(binding);
        var outcome = Occupy(binding, displaced?.Endpoint);
        if (outcome.Refusal is { } bad)
            return BindAnswer.Refused(bad);

        // The new session stands in the place of the old one before anybody is told: watchers see no gap.
        if (displaced is not null)
            _endpoints.Remove(displaced.Endpoint, displaced.Session);
        _endpoints.Put(binding);
        _gateways.Watch(binding.Route, OwnReference<IGatewayBound>.Of(this, GrainFactory));
        await Take(outcome);
        await _endpoints.AskForCopies(binding);
        await Tell(_receipts.TakeForNext(_clock.Now));
        if (displaced is not null)
        {
            await _endpoints.Close(displaced, "replaced");
            await Abandon(displaced.Session);
        }

        return new BindAnswer(null, _watching.Current(_clock.Now), await _watchers.WaitingRequests());
    }

    public async Task Unbind(string endpoint, string session)
    {
        if (!_endpoints.Remove(endpoint, session))
            return;
        await Take(_node.Properties.ForgetEndpoint(endpoint, _clock.Now));
        await Abandon(session);
    }

    /// <summary>The session is gone, and with it what only it could have taken or answered.</summary>
    private async Task Abandon(string session)
    {
        await _messages.Abandon(session, _clock.Now);
        await _invitations.Abandon(session, _clock.Now);
    }

    public async Task<bool> Park(string endpoint, string session, TimeSpan resumeTime)
    {
        if (!_endpoints.Holds(endpoint, session))
            return false;
        _endpoints.Park(_endpoints.Find(endpoint)!, _clock.Now, resumeTime);
        await ReviewParked();
        return true;
    }

    public async Task<bool> Resume(string endpoint, string session)
    {
        if (!_endpoints.Holds(endpoint, session))
            return false;
        await Return(endpoint);
        return true;
    }

    public async Task<HandOverAnswer> TakeOver(TakeOverRequest request)
    {
        var gone = HandOverAnswer.Refused(new Refusal(410, "session-gone"), isOver: true);
        if (_endpoints.FindSession(request.Session) is not { } bound)
            return gone;
        if (await _endpoints.HandOver(bound, request) is not { } answer)
        {
            // Its gateway is lost, which will be found out soon: until he binds anew his messages wait, as they would then.
            await Forsake(bound.Endpoint, bound.Session);
            return gone;
        }

        if (answer.Session is not null)
        {
            _endpoints.Move(bound with { Inbox = request.Inbox, Route = request.Route });
            _gateways.Watch(request.Route, OwnReference<IGatewayBound>.Of(this, GrainFactory));
            await Return(bound.Endpoint);
        }
        else if (answer.IsOver)
        {
            await Unbind(bound.Endpoint, bound.Session);
        }

        return answer;
    }

    public async Task<int> EndSessions(string? endpoint, string? session, string reason)
    {
        var ended = _endpoints.All
            .Where(bound => (endpoint ?? bound.Endpoint) == bound.Endpoint && (session ?? bound.Session) == bound.Session)
            .ToList();
        foreach (var bound in ended)
        {
            await _endpoints.Close(bound, reason);
            await Unbind(bound.Endpoint, bound.Session);
        }

        return ended.Count;
    }

    /// <summary>Hides parked endpoints whose grace is over, and ends sessions that nobody resumed.</summary>
    private async Task ReviewParked()
    {
        var now = _clock.Now;
        foreach (var bound in _endpoints.DueToGo(now))
            await Unbind(bound.Endpoint, bound.Session);
        foreach (var endpoint in _endpoints.DueToHide(now))
        {
            var before = _node.Properties;
            var outcome = before.ForgetEndpoint(endpoint, now);
            _endpoints.Hide(endpoint, before, outcome.Properties.Version);
            await Take(outcome);
        }

        _alarm.WakeBy(_endpoints.NextReview);
    }

    /// <summary>The endpoint shows again what it showed before it was hidden.</summary>
    private async Task Return(string endpoint)
    {
        if (_endpoints.Unpark(endpoint) is { IsHidden: true } parked)
            await Take(_node.Properties.Restore(parked.Shown, parked.Version, _clock.Now));
    }

    /// <summary>The node once the endpoint is bound: nothing of the session it displaces, and what it shows of itself.</summary>
    private PropertyOutcome Occupy(EndpointBinding binding, string? displaced)
    {
        var cleared = displaced is not null
            ? _node.Properties.ForgetEndpoint(displaced, _clock.Now)
            : new PropertyOutcome(_node.Properties, [], null);
        List<PropertyChange> shows = [];
        if (binding.Show is { } status)
            shows.Add(Change("status", status, binding.Lease));
        if (binding.Capabilities is { } capabilities)
            shows.Add(Change("caps", capabilities, null));
        var shown = cleared.Properties.Apply(shows, null, _clock.Now, Options.Properties);
        return shown with { Deltas = cleared.Deltas.AddRange(shown.Deltas) };

        PropertyChange Change(string name, string text, TimeSpan? lease) => new(
            StandardPaths.OfEndpoint(binding.Endpoint, name), PropertyValue.OfText(text), lease);
    }
}
