using Microsoft.Extensions.Logging;
using Presence.Client.Connections;
using Presence.Client.Lasting;
using Presence.Client.Locating;
using Presence.Client.Login;
using Presence.Client.Requests;
using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>
/// One account on a presence server, for as long as the application wants: who is there, messages, groups, access. It
/// connects again by itself and tells so (<see cref="ConnectionEvents"/>). All members may be used by many threads at a
/// time. Whatever goes wrong between here and the server is a <see cref="PresenceException"/>.
/// </summary>
/// <example>
/// <code>
/// await using var me = await PresenceClient.ConnectAsync(new PresenceClientOptions
/// {
///     Server = "pip://127.0.0.1:7749",
///     Account = "alice@localhost",
///     Password = "wonderland",
/// });
/// await me.SetStatusAsync("away", "Back at two");
/// var bob = await me.GetStatusAsync("bob@localhost");
/// Console.WriteLine($"bob is {bob?.Value ?? "unknown"}");
/// </code>
/// </example>
public sealed partial class PresenceClient : IAsyncDisposable
{
    private readonly SessionKeeper _keeper;
    private readonly PresenceClientOptions _options;
    private readonly string _endpoint;

    private PresenceClient(PresenceClientOptions options)
    {
        var account = PresenceClientOptionsCheck.Account(options);
        var settings = PresenceClientOptionsCheck.Settings(options);
        var server = PresenceClientOptionsCheck.Server(options);
        var servers = new Servers(options, account.Domain, server);
        (_options, _endpoint, Account) = (options, settings.Bind.Endpoint, account);
        _keeper = new SessionKeeper(settings, new SessionOpener(servers.Locate, account, options.Password),
            options.LoggerFactory.CreateLogger<PresenceClient>());
    }

    public Address Account { get; }

    /// <summary>Name of this installation, as others that may see it do.</summary>
    public string Endpoint => _endpoint;

    public ConnectionState State => _keeper.State;

    /// <summary>Connects and logs in. From then on the client keeps itself connected.</summary>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="PipLoginException">The account was not let in.</exception>
    /// <exception cref="PipConnectionException">No server could be reached.</exception>
    public static async Task<PresenceClient> ConnectAsync(
        PresenceClientOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = new PresenceClient(options);
        try
        {
            client._keeper.Start(failsAtOnce: true);
            await client.WaitUntilConnectedAsync(cancellation);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Connects in the background, however long that takes; requests wait meanwhile, up to
    /// <see cref="PresenceClientOptions.RequestTimeout"/>. For services that start before their server.
    /// </summary>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static PresenceClient Start(PresenceClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = new PresenceClient(options);
        client._keeper.Start(failsAtOnce: false);
        return client;
    }

    /// <summary>Completes with the first session.</summary>
    /// <exception cref="PipLoginException">The account was not let in.</exception>
    /// <exception cref="PresenceClosedException">The client was disposed before.</exception>
    public Task WaitUntilConnectedAsync(CancellationToken cancellation = default) =>
        _keeper.First.WaitAsync(cancellation);

    /// <summary>
    /// Sends any request of the protocol and awaits its answer, also a refusal: for what has no method of its own.
    /// </summary>
    /// <param name="verb">Such as <c>FIND</c> (docs/protocol/verbs.md).</param>
    /// <param name="target">In wire form; null for none.</param>
    /// <param name="parameters">In this order; those whose value is null are left out.</param>
    /// <param name="body">Null for none.</param>
    /// <param name="isRepeatable">
    /// Whether it may be sent again when the session was lost before its answer came. Default false: then it fails with
    /// <see cref="PresenceUnansweredException"/>.
    /// </param>
    /// <exception cref="PresenceUnansweredException">No answer in time.</exception>
    /// <exception cref="PresenceClosedException">The client is over.</exception>
    public Task<ServerAnswer> RequestAsync(
        string verb,
        string? target,
        IReadOnlyList<(string Name, string? Value)>? parameters = null,
        ReadOnlyMemory<byte>? body = null,
        bool isRepeatable = false,
        CancellationToken cancellation = default) =>
        _keeper.Ask(new RequestFrame(verb, target, parameters ?? [], body), isRepeatable, cancellation);

    /// <summary>Leaves: the endpoint is offline at once, and all that waits ends. Does not throw.</summary>
    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    private async Task<ServerAnswer> Do(string verb, string? target, CancellationToken cancellation,
        params IReadOnlyList<(string Name, string? Value)> parameters) =>
        (await RequestAsync(verb, target, parameters, body: null, isRepeatable: true, cancellation)).Require();

    private Place Full(string place) => Parse(place).Resolve(Account);

    private static Place Parse(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return Place.TryParse(place, out var read, out var fault)
            ? read
            : throw new ArgumentException($"'{place}' is no address: {fault.Sentence}", nameof(place));
    }
}
