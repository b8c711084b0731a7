using System.Buffers;
using Presence.Sessions.Transport;

namespace Presence.Transports.Tests.Fakes;

/// <summary>A session that says more than all buffers on the way can hold, and ends.</summary>
internal sealed class FloodHost : ISessionHost
{
    private const int Octets = 64 * 1024 * 1024;

    public Task Serve(SessionTransport transport)
    {
        transport.Pipe.Output.Write(new byte[Octets]);
        return Task.WhenAny(transport.Pipe.Output.FlushAsync().AsTask(), Task.CompletedTask);
    }

    public Task Drain(CancellationToken deadline) => Task.CompletedTask;
}
