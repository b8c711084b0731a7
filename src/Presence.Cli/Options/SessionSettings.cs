using Presence.Client;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Model.Addresses;

namespace Presence.Cli.Options;

/// <summary>Everything needed to open a session.</summary>
internal sealed record SessionSettings(
    PipConnectionOptions Connection, Address Account, string Password, string Endpoint)
{
    /// <summary>A session in which the account is there to be seen.</summary>
    public Task<PresenceSession> Open(CancellationToken cancellation) => Open(Visible, cancellation);

    /// <summary>A session for a moment, which nobody sees come and go.</summary>
    public Task<PresenceSession> OpenUnseen(CancellationToken cancellation) =>
        Open(Visible with { Show = "offline", Priority = -1 }, cancellation);

    public BindRequest Visible => new(Endpoint);

    private Task<PresenceSession> Open(BindRequest bind, CancellationToken cancellation) =>
        PresenceSession.Open(Connection, Account, Password, bind, cancellation);
}
