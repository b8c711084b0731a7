using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Presence.Client.Lasting;
using Presence.Client.Requests;
using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>Who is there, and properties in general.</summary>
public sealed partial class PresenceClient
{
    private static readonly PropertyPath StatusPath = PropertyPath.Parse("status");

    /// <summary>
    /// Sets the status of this endpoint; after a lost session it is shown again. The account's status is composed from
    /// all its endpoints (docs/protocol/properties.md).
    /// </summary>
    /// <param name="status">Such as <c>online</c>, <c>away</c>, <c>dnd</c>; <c>offline</c> hides the endpoint.</param>
    /// <param name="note">Text for people, kept until it is changed; null leaves it as it is.</param>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task SetStatusAsync(string status, string? note = null, CancellationToken cancellation = default)
    {
        await SetAsync($"~/ep/{_endpoint}/status", status, cancellation);
        _keeper.Status = status;
        if (note is not null)
            await SetAsync("~/note", note, cancellation);
    }

    /// <summary>Reads the status of an account; null if there is none to be seen.</summary>
    /// <param name="address">Such as <c>bob@example.org</c>; <c>~</c> is the own account.</param>
    /// <exception cref="PipRefusedException">Such as <c>403 forbidden</c>: this account may not see it.</exception>
    public Task<PropertyValue?> GetStatusAsync(string address, CancellationToken cancellation = default) =>
        GetAsync(Parse(address).At(StatusPath).ToString(), cancellation);

    /// <summary>Reads the status of many accounts at a time. What is refused is told in its place.</summary>
    /// <example>
    /// <code>
    /// foreach (var one in await me.GetPresenceAsync(["bob@localhost", "carol@localhost"]))
    ///     Console.WriteLine($"{one.Address}: {one.Status ?? one.Reason}");
    /// </code>
    /// </example>
    public async Task<IReadOnlyList<PresenceReading>> GetPresenceAsync(
        IEnumerable<string> addresses, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var readings = new List<PresenceReading>();
        foreach (var some in addresses.Select(address => Full(address).At(StatusPath)).Chunk(32))
            readings.AddRange(await Task.WhenAll(some.Select(place => Read(place, cancellation))));

        return readings;
    }

    /// <summary>Reads one property; null if there is none.</summary>
    /// <param name="place">Such as <c>~/note</c> or <c>bob@example.org/mood</c>.</param>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<PropertyValue?> GetAsync(string place, CancellationToken cancellation = default)
    {
        var answer = await Ask("GET", Parse(place), cancellation);
        return answer.Code is 404 or 410 ? null : ValueOf(answer.Require());
    }

    /// <summary>
    /// Reads a place, proving that this side knows its passphrase without sending it (docs/protocol/access.md,
    /// "Passphrases").
    /// </summary>
    /// <returns>
    /// Also refusals; <c>401 pass-required</c> once more means that the passphrase is wrong, or unknown there.
    /// </returns>
    /// <exception cref="Connections.PipConnectionException">
    /// The server's challenge is none, or weaker than the protocol allows.
    /// </exception>
    public Task<ServerAnswer> GetWithPassphraseAsync(
        string place, string passphrase, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        return new PassphraseRequest(Account, (verb, target, parameters) =>
            RequestAsync(verb, target, parameters, body: null, isRepeatable: false, cancellation))
            .Run("GET", Parse(place), passphrase);
    }

    /// <summary>Writes one property of text; it stays until it is changed.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<long?> SetAsync(string place, string value, CancellationToken cancellation = default) =>
        (await Do("SET", Parse(place).ToString(), cancellation, ("val", value))).Version;

    /// <summary>Deletes a property.</summary>
    /// <returns>False if there was none.</returns>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<bool> DeleteAsync(string place, CancellationToken cancellation = default)
    {
        var answer = await Ask("DEL", Parse(place), cancellation);
        return answer.Code is not (404 or 410) && answer.Require().IsDone;
    }

    /// <inheritdoc cref="WatchAsync(IEnumerable{string}, CancellationToken)"/>
    /// <param name="place">An address, for its status, or <c>address/property</c>.</param>
    public IAsyncEnumerable<Notification> WatchAsync(string place, CancellationToken cancellation = default) =>
        WatchAsync([place], cancellation);

    /// <summary>
    /// Tells what places show now, and each change from then on, over any number of connections. A value that a slow
    /// reader has not read yet is replaced by a newer one. <c>State</c> is <see cref="SubscriptionState.Pending"/> while
    /// the owner has not decided, and <see cref="SubscriptionState.Terminated"/> when a place cannot be watched (any more);
    /// <c>Why</c> tells the reason. Ends when all places have terminated.
    /// </summary>
    /// <param name="places">Each an address, for its status, or <c>address/property</c>.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>; leaving the loop does too.</param>
    /// <exception cref="PresenceClosedException">The client is over for good, other than by disposal.</exception>
    /// <example>
    /// <code>
    /// await foreach (var change in me.WatchAsync(["bob@localhost", "carol@localhost"]))
    /// {
    ///     Console.WriteLine($"{change.Target}: {change.Value ?? change.State?.ToString()}");
    ///     if (change.Value == "dnd")
    ///         break;
    /// }
    /// </code>
    /// </example>
    public IAsyncEnumerable<Notification> WatchAsync(
        IEnumerable<string> places, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(places);
        return Watch(places, null, cancellation);
    }

    /// <summary>
    /// The same for a place behind a passphrase, which is proven and not sent (docs/protocol/access.md, "Passphrases"). It ends as
    /// terminated with <c>pass-required</c> if the passphrase is wrong, and with <c>rejected</c> when the owner sets another one.
    /// </summary>
    /// <param name="place"><c>address/property</c>.</param>
    /// <param name="passphrase">As it is typed. Kept in memory while somebody reads, to begin anew after a loss.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>; leaving the loop does too.</param>
    public IAsyncEnumerable<Notification> WatchWithPassphraseAsync(
        string place, string passphrase, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        return Watch([place], passphrase, cancellation);
    }

    private async IAsyncEnumerable<Notification> Watch(
        IEnumerable<string> places, string? passphrase, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var watching = new Watching(_keeper);
        try
        {
            foreach (var place in places.Select(Full))
            {
                var target = place.Path.IsRoot ? place.At(StatusPath) : place;
                watching.Add(
                    SubscriptionId(target), target, passphrase is null ? null : new WatchSecret(Account, passphrase));
            }

            await foreach (var change in watching.Read(cancellation))
                yield return change;
        }
        finally
        {
            watching.Close();
        }
    }

    /// <summary>
    /// Ends a subscription at the server, for all endpoints of the account that do not watch it; leaving
    /// <see cref="WatchAsync(string, CancellationToken)"/> only lets it run out.
    /// </summary>
    /// <exception cref="PipRefusedException">Such as <c>481</c>: there is none.</exception>
    public Task UnwatchAsync(string place, CancellationToken cancellation = default)
    {
        var target = Full(place);
        return Do("UNSUB", SubscriptionId(target.Path.IsRoot ? target.At(StatusPath) : target), cancellation);
    }

    private async Task<PresenceReading> Read(Place status, CancellationToken cancellation)
    {
        var answer = await Ask("GET", status, cancellation);
        var value = answer.IsDone ? ValueOf(answer) : null;
        return new PresenceReading(status.Address!.Value, value?.Value, value?.Time, answer.Code, answer.Reason);
    }

    private Task<ServerAnswer> Ask(string verb, Place place, CancellationToken cancellation) =>
        RequestAsync(verb, place.ToString(), [], body: null, isRepeatable: true, cancellation);

    private static PropertyValue ValueOf(ServerAnswer answer) =>
        new(answer.Parameters["val"] ?? "", answer.Version ?? 0, answer.Time);

    // The same on every endpoint of the account, so that subscribing again never piles up.
    private static string SubscriptionId(Place target) =>
        "w-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.ToString())).AsSpan(0, 8));
}
