using System.Text;
using System.Threading.Channels;
using Presence.Federation.Accepting;

namespace Presence.Federation.Tests.Fakes;

/// <summary>Greets, shows the test who has come, and answers every octet with itself until the other side ends.</summary>
internal sealed class EchoAcceptor : IPeerAcceptor
{
    public const string Greeting = "220 0 ready v=1.0\r\n";

    private readonly Channel<PeerConnection> _accepted = Channel.CreateUnbounded<PeerConnection>();

    public ValueTask<PeerConnection> Next() => _accepted.Reader.ReadAsync(Deadline.Token);

    public async Task Accept(PeerConnection connection)
    {
        await _accepted.Writer.WriteAsync(connection);
        var pipe = connection.Transport.Pipe;
        await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(Greeting));
        await pipe.Input.CopyToAsync(pipe.Output);
    }
}
