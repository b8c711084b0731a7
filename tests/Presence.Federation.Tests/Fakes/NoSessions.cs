using Presence.Sessions.Transport;

namespace Presence.Federation.Tests.Fakes;

/// <summary>A node to which no client comes.</summary>
internal sealed class NoSessions : ISessionHost
{
    public Task Serve(SessionTransport transport) => throw new InvalidOperationException("There is no listener for clients.");

    public Task Drain(CancellationToken deadline) => Task.CompletedTask;
}
