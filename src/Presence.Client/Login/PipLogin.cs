using System.Globalization;
using Presence.Client.Connections;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Login;

/// <summary>
/// HELLO, AUTH and BIND on a fresh connection (docs/protocol, section 2.5). Each step throws
/// <see cref="PipLoginException"/> if it is refused and <see cref="PipConnectionException"/> if the connection ends.
/// </summary>
public static class PipLogin
{
    /// <summary>Greets the domain of the connection's options and starts to watch over silence.</summary>
    public static async Task<ServerOffer> Hello(PipConnection connection, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var domain = connection.Options.Domain;
        var answer = await connection.Request((ref writer, tag) =>
        {
            writer.Request("HELLO", tag, domain.Value);
            writer.Param("v", "1.0");
            writer.Param("role", "client");
            writer.Param("agent", "presence-dotnet/0.1");
            writer.End();
        }, cancellation);

        Require(answer, "HELLO");
        var offer = ServerOffer.Read(answer, domain)
            ?? throw new PipLoginException(0, "bad-hello", "The server's answer to HELLO is not understood.");
        connection.StartKeepAlive(offer.Idle);
        return offer;
    }

    /// <summary>
    /// Proves the password without showing it, and has the server prove that it knows the account. Channel binding is
    /// used whenever TLS and the server allow; changed offers are found out (section 8.1, T4).
    /// </summary>
    /// <returns>The account as the server names it.</returns>
    public static async Task<Address> Authenticate(PipConnection connection, ServerOffer offer, Address account,
        string password, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var username = account.Local
            ?? throw new ArgumentException("An account has a name before the @.", nameof(account));
        var answer = await new ScramLogin(connection, offer.Sasl).Run(username, password, cancellation);
        return Address.TryParse(answer.Parameters["user"], out var user, out _) ? user : account;
    }

    /// <summary>Creates the session: events flow from now on.</summary>
    public static async Task<BoundSession> Bind(
        PipConnection connection, BindRequest wanted, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(wanted);
        var answer = await connection.Request((ref writer, tag) =>
        {
            writer.Request("BIND", tag);
            writer.Param("ep", wanted.Endpoint);
            writer.Param("prio", wanted.Priority);
            writer.Param("show", wanted.Show);
            if (wanted.Takes)
                writer.Param("take", "yes");

            writer.End();
        }, cancellation);

        Require(answer, "BIND");
        var parameters = answer.Parameters;
        _ = int.TryParse(parameters["ttl"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return new BoundSession(
            parameters["ep"] ?? wanted.Endpoint, parameters["sid"], parameters["key"], TimeSpan.FromSeconds(seconds));
    }

    /// <summary>
    /// Goes on with a session of a connection that was lost. What the session has got must have been told by
    /// <see cref="PipConnection.ContinueEvents"/>.
    /// </summary>
    /// <param name="seen">Number of the last event taken care of.</param>
    /// <returns>Null if the session is gone: bind anew.</returns>
    internal static async Task<ResumedSession?> Resume(
        PipConnection connection, BoundSession bound, long seen, CancellationToken cancellation)
    {
        var answer = await connection.Request((ref writer, tag) =>
        {
            writer.Request("RESUME", tag, bound.SessionId);
            writer.Param("key", bound.Key!);
            writer.Param("seen", seen);
            writer.End();
        }, cancellation);
        if (answer.Code is 410 or 400)
            return null;

        Require(answer, "RESUME");
        var next = EventReading.Number(answer.Parameters, "next") ?? 1;
        return new ResumedSession(bound with { Key = answer.Parameters["key"] ?? bound.Key }, next);
    }

    private static void Require(Frame answer, string verb)
    {
        if (answer.Code is >= 200 and < 300)
            return;

        var text = answer.Parameters["text"] is { } told ? $" ({told})" : "";
        throw new PipLoginException(answer.Code, answer.Reason,
            $"Login failed: the server answered {verb} with {answer.Code} {answer.Reason}{text}.");
    }
}
