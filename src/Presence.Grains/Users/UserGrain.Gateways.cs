using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <content>Gateways that are lost, and what they tell a grain that has lost its memory.</content>
internal sealed partial class UserGrain
{
    public async Task GatewayLost(string route)
    {
        foreach (var bound in _endpoints.All.Where(bound => bound.Route == route).ToList())
            await Forsake(bound.Endpoint, bound.Session);
    }

    public async Task Forsake(string endpoint, string session)
    {
        if (!_endpoints.Remove(endpoint, session))
            return;
        _receipts.AwaitNext(_clock.Now);
        await Take(_node.Properties.ForgetEndpoint(endpoint, _clock.Now));
        await _messages.Orphan(session, _clock.Now);
        await _invitations.Abandon(session, _clock.Now);
        KeepWhileNeeded();
        _alarm.WakeBy(_messages.NextExpiry);
    }

    public async Task<bool> Assert(SessionAssertion session)
    {
        var binding = session.Binding;
        if (!_node.Exists || (_endpoints.Find(binding.Endpoint) is { } bound && bound.Session != binding.Session))
            return false;
        _gateways.Watch(binding.Route, OwnReference<IGatewayBound>.Of(this, GrainFactory));
        _messages.Hold(session.InHand, binding.Session, _clock.Now);
        if (_endpoints.Holds(binding.Endpoint, binding.Session))
            _endpoints.Move(binding);
        else
        {
            await BindAgain(session);
            await _endpoints.AskForCopies(binding);
            await Tell(_receipts.Take(_clock.Now));
        }

        _alarm.WakeBy(_messages.NextExpiry);
        return true;
    }

    private async Task Tell(IReadOnlyList<Receipt> receipts)
    {
        foreach (var receipt in receipts)
            await _endpoints.DeliverToAll(new ReceiptNotice(receipt));
    }

    private async Task BindAgain(SessionAssertion session)
    {
        var binding = session.Binding;

        // What is here already was written while the session was being asserted, and is newer.
        var outcome = _node.Properties.Apply(
            [.. session.Shown.Where(shown => _node.Properties[shown.Path] is null)], null, _clock.Now, Options.Properties);
        _endpoints.Put(binding);
        if (session.ParkedFor is not { } left)
        {
            await Take(outcome);
            return;
        }

        // Its grace is over by now: it stays hidden, and shows what it showed when it is resumed.
        _endpoints.Park(binding with { Grace = TimeSpan.Zero }, _clock.Now, left);
        _endpoints.Hide(binding.Endpoint, outcome.Properties, _node.Properties.Version);
        KeepWhileNeeded();
        _alarm.WakeBy(_endpoints.NextReview);
    }
}
