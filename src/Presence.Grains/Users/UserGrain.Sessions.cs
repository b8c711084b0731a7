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
        var replaced = _endpoints.Find(binding.Endpoint);
        var outcome = Occupy(binding, isTakeOver: replaced is not null);
        if (outcome.Refusal is { } bad)
            return BindAnswer.Refused(bad);

        // The new session stands in the place of the old one before anybody is told: watchers see no gap.
        _endpoints.Put(binding);
        await Take(outcome);
        if (replaced is not null)
        {
            await _endpoints.Close(replaced, "replaced");
            await _messages.Abandon(replaced.Session, _clock.Now);
        }

        return new BindAnswer(null, _watching.Current(_clock.Now), await _watchers.WaitingRequests());
    }

    public async Task Unbind(string endpoint, string session)
    {
        if (!_endpoints.Remove(endpoint, session))
            return;
        await Take(_node.Properties.ForgetEndpoint(endpoint, _clock.Now));
        await _messages.Abandon(session, _clock.Now);
    }

    /// <summary>The node once the endpoint is bound: nothing of the last session, and the shown status.</summary>
    private PropertyOutcome Occupy(EndpointBinding binding, bool isTakeOver)
    {
        var cleared = isTakeOver
            ? _node.Properties.ForgetEndpoint(binding.Endpoint, _clock.Now)
            : new PropertyOutcome(_node.Properties, [], null);
        if (binding.Show is not { } status)
            return cleared;
        var show = new PropertyChange(
            StandardPaths.OfEndpoint(binding.Endpoint, "status"), PropertyValue.OfText(status));
        var shown = cleared.Properties.Apply([show], null, _clock.Now, _options.Properties);
        return shown with { Deltas = cleared.Deltas.AddRange(shown.Deltas) };
    }
}
