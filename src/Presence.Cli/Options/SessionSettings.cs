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
    public Task<PresenceClient> Connect(CancellationToken cancellation) => Connect(Options(), cancellation);

    /// <summary>For a moment, and nobody sees it come and go.</summary>
    /// <inheritdoc cref="Connect(CancellationToken)"/>
    public Task<PresenceClient> ConnectUnseen(CancellationToken cancellation)
    {
        var options = Options();
        (options.Status, options.Priority) = ("offline", -1);
        return Connect(options, cancellation);
    }

    /// <summary>One session in which the account is there to be seen; it ends with its connection.</summary>
    public Task<PresenceSession> Open(CancellationToken cancellation) =>
        PresenceSession.Open(Connection, Account, Password, Visible, cancellation);

    public BindRequest Visible => new(Endpoint);

    private PresenceClientOptions Options() => new()
    {
        Account = Account.ToString(),
        Password = Password,
        Endpoint = Endpoint,
        Server = $"{(Connection.UseTls ? "pips" : "pip")}://{new ServerAddress(Connection.Host, Connection.Port)}",
        ExtraAuthorities = Connection.ExtraAuthorities,
        WatchLifetime = TimeSpan.FromDays(1),
        Time = Connection.Time,
    };

    private static async Task<PresenceClient> Connect(PresenceClientOptions options, CancellationToken cancellation)
    {
        try
        {
            return await PresenceClient.ConnectAsync(options, cancellation);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }
}
