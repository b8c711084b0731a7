using Presence.Model.Addresses;

namespace Presence.Grains.Peers;

/// <summary>Which sessions of ours have invited somebody abroad: the answer names the invitation only.</summary>
internal sealed class CallerBook
{
    private readonly Dictionary<(Address Caller, string Invitation), (string Session, DateTimeOffset Until)> _calls = [];

    public void Note(Address caller, string invitation, string session, DateTimeOffset until, DateTimeOffset now)
    {
        foreach (var (key, call) in _calls.ToList())
        {
            if (call.Until <= now)
                _calls.Remove(key);
        }

        _calls[(caller, invitation)] = (session, until);
    }

    public string? Find(Address caller, string invitation, DateTimeOffset now) =>
        _calls.TryGetValue((caller, invitation), out var call) && call.Until > now ? call.Session : null;
}
