using Presence.Protocol.Framing;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <content>Connections whose client was known before they began.</content>
internal sealed partial class Connection
{
    /// <summary>The first word: who we are, and whom we take the other side for if we know.</summary>
    private void Greet()
    {
        var greeting = new Reply(220, "ready").With("v", "1.0").With("id", _gateway.Id);
        if (_transport.Caller is { User: var user })
        {
            Session.Domain = user.Domain;
            Session.User = user;
            Session.Phase = Phase.Authenticated;
            _reader.Limits = new FrameLimits(_options.MaxLine, _options.MaxBody);
            greeting.With("user", user.ToString());
        }

        Wire.Put(0, greeting);
    }

    private async Task Admit(Admission admission)
    {
        Session.Domain = admission.Domain;
        Session.User = admission.User;
        Session.Phase = Phase.Authenticated;
        _reader.Limits = new FrameLimits(_options.MaxLine, _options.MaxBody);
        var reply = await Handle(_verbs.Find("BIND")!, admission.BindRequest());
        _isOver = Session.Phase != Phase.Bound;
        admission.Settle(reply);
        reply.RunAfter();
    }
}
