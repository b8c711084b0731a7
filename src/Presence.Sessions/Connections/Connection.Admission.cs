using Presence.Protocol.Framing;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <content>Connections whose client was known before they began.</content>
internal sealed partial class Connection
{
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
