using System.IO.Pipelines;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <content>
/// STARTTLS. Octets that came with it or right behind it were sent by somebody who did not wait for TLS, or were put there by
/// somebody else: then the connection ends without an answer and nothing is executed (SES-07). Octets that come later meet
/// the handshake.
/// </content>
internal sealed partial class Connection
{
    private Frame? _startTls;

    private bool IsStartTls(Frame request) => request.Verb == "STARTTLS" && _transport.StartTls is not null;

    /// <summary>Executes it once all that was read has been looked at; false if the connection is to end.</summary>
    /// <param name="input">Advanced to the end of what was looked at.</param>
    /// <param name="isAlone">True if nothing stood behind the line.</param>
    private async ValueTask<bool> TakeStartTls(PipeReader input, bool isAlone)
    {
        if (!isAlone || input.TryRead(out _))
            return false;
        var request = _startTls!;
        _startTls = null;
        await Execute(request);
        return true;
    }
}
