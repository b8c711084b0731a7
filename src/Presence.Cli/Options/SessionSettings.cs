using Presence.Client;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Model.Addresses;

namespace Presence.Cli.Options;

/// <summary>Everything needed to open a session.</summary>
internal sealed record SessionSettings(
    PipConnectionOptions Connection, Address Account, string Password, string Endpoint)
{
    /// <summary>An account that is there to be seen and stays so when the node is restarted.</summary>
    /// <exception cref="UsageException">Clear text to another machine.</exception>
    public async Task<PresenceClient> Connect(CancellationToken cancellation)
    {
        var server = new ServerAddress(Connection.Host, Connection.Port);
        try
        {
            return await PresenceClient.ConnectAsync(new PresenceClientOptions
            {
                Account = Account.ToString(),
                Password = Password,
                Endpoint = Endpoint,
                Server = $"{(Connection.UseTls ? "pips" : "pip")}://{server}",
                ExtraAuthorities = Connection.ExtraAuthorities,
                WatchLifetime = TimeSpan.FromDays(1),
                Time = Connection.Time,
            }, cancellation);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    /// <summary>One session in which the account is there to be seen; it ends with its connection.</summary>
    public Task<PresenceSession> Open(CancellationToken cancellation) =>
        PresenceSession.Open(Connection, Account, Password, Visible, cancellation);

    public BindRequest Visible => new(Endpoint);

    /// <summary>A session for a moment, which nobody sees come and go.</summary>
    public Task<PresenceSession> OpenUnseen(CancellationToken cancellation) => PresenceSession.Open(
        Connection, Account, Password, Visible with { Show = "offline", Priority = -1 }, cancellation);
}
