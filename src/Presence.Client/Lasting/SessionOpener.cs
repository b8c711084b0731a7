using System.Globalization;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Model.Addresses;

namespace Presence.Client.Lasting;

/// <summary>Connects to the first server of the account that answers, logs in, and resumes a session or begins one.</summary>
/// <param name="locate">The servers, the best first.</param>
internal sealed class SessionOpener(
    Func<CancellationToken, Task<IReadOnlyList<PipConnectionOptions>>> locate, Address account, string password)
{
    /// <param name="bound">The session to go on with; null to begin one.</param>
    /// <param name="trail">What that session has got.</param>
    /// <param name="wanted">For a new session.</param>
    /// <param name="alternative">Host and port to try first, as the last server said; null for none.</param>
    /// <exception cref="PipConnectionException">No server could be reached; of several the last is told.</exception>
    /// <exception cref="PipLoginException">A server refused.</exception>
    public async Task<Attachment> Open(
        BoundSession? bound, AcknowledgementTrail trail, BindRequest wanted, string? alternative,
        CancellationToken cancellation)
    {
        PipConnectionException? failure = null;
        var servers = await locate(cancellation);
        foreach (var options in Elsewhere(servers, alternative).Concat(servers))
        {
            PipConnection? connection = null;
            try
            {
                connection = await PipConnection.Connect(options, cancellation);
                return await LogIn(connection, bound, trail, wanted, cancellation);
            }
            catch (Exception exception)
            {
                if (connection is not null)
                    await connection.DisposeAsync();

                failure = exception switch
                {
                    PipConnectionException lost => lost,
                    TimeoutException late => new PipConnectionException(0, "timeout", late.Message, late),
                    _ => null,
                };
                if (failure is null)
                    throw;
            }
        }

        throw failure ?? new PipConnectionException(0, "cannot-locate", $"There is no server for {account.Domain}.");
    }

    /// <summary>The certificate must speak for the domain there too, so a server can send nobody to a stranger.</summary>
    private static IEnumerable<PipConnectionOptions> Elsewhere(
        IReadOnlyList<PipConnectionOptions> servers, string? alternative)
    {
        if (servers is [{ Transport: null } first, ..] && alternative?.LastIndexOf(':') is > 0 and var colon
            && ushort.TryParse(alternative.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            yield return first with { Host = alternative[..colon].Trim('[', ']'), Port = port };
    }

    private async Task<Attachment> LogIn(PipConnection connection, BoundSession? bound, AcknowledgementTrail trail,
        BindRequest wanted, CancellationToken cancellation)
    {
        var offer = await PipLogin.Hello(connection, cancellation);
        var user = await PipLogin.Authenticate(connection, offer, account, password, cancellation);
        if (bound?.Key is not null)
        {
            var done = trail.Done;
            connection.ContinueEvents(trail.Taken, done);
            if (await PipLogin.Resume(connection, bound, done, cancellation) is { } resumed)
                return new Attachment(connection, offer, user, resumed.Bound, resumed.NextTag, done);

            connection.ContinueEvents(0, 0);
        }

        var begun = await PipLogin.Bind(connection, wanted, cancellation);
        return new Attachment(connection, offer, user, begun, NextTag: null, Told: 0);
    }
}
