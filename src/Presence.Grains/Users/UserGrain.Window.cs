using Presence.Model.Forwarding;

namespace Presence.Grains.Users;

/// <content>What others in this process may do here without a call (docs/decisions/0067).</content>
internal sealed partial class UserGrain
{
    /// <summary>A request, a message for an absent user, one whose gateway was lost: then order is the grain's to keep.</summary>
    private bool SomethingWaits => _messages.HasOrphans || _messages.Absence.IsOpen
        || _messages.Absence.Waiting.Any() || _messages.Requests.Waiting.Any();

    /// <summary>After a message, since more are likely to come; only where there is nothing but plain rules to decide by.</summary>
    private void OpenWindow()
    {
        if (_window is { IsOpen: true })
            return;
        var access = _node.Access;
        if (!IsPerson || _endpoints.IsEmpty || _node.NamedGroups.Count > 0 || ForwardRule.Of(_node.Properties) is not null
            || SomethingWaits)
            return;
        if (_window is null)
        {
            _window = new DeskWindow(_node.Self, _messages.Inbox, _alarm, _policy, _desks);
            _desks.Add(_node.Self, _window);
        }

        _window.Open(new DeskRules(access, _node.Properties, _courier.Reachable(), _endpoints.All, _near));
    }

    private void ShutWindow() => _window?.Shut();

    /// <summary>For good: what comes now goes to the next activation.</summary>
    private void CloseWindow()
    {
        if (_window is null)
            return;
        _desks.Remove(_node.Self, _window);
        _window.Close();
    }
}
