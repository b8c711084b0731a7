using System.Text;
using System.Threading.Channels;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client.Connections;
using Presence.Client.Login;

namespace Presence.Cli.Commands;

/// <summary>Sends typed lines as they are and shows every octet that passes in either direction.</summary>
internal sealed class RawShell(Report report)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private bool _hasQuit;

    /// <summary>Prints a frame: its line and, one by one, the lines of its body.</summary>
    public void Show(WireDirection direction, ReadOnlyMemory<byte> octets)
    {
        var (mark, name) = direction == WireDirection.Sent ? (">", "sent") : ("<", "received");
        var text = Encoding.UTF8.GetString(octets.Span);
        text = text.EndsWith('\n') ? text[..^1] : text;
        foreach (var line in text.Split('\n'))
        {
            var shown = line.EndsWith('\r') ? line[..^1] : line;
            report.Tell($"{mark} {shown}", ("direction", name), ("line", shown));
        }
    }

    public static async Task LogIn(PipConnection connection, SessionSettings settings, CancellationToken cancellation)
    {
        var offer = await PipLogin.Hello(connection, cancellation);
        await PipLogin.Authenticate(connection, offer, settings.Account, settings.Password, cancellation);
        await PipLogin.Bind(connection, settings.Visible, cancellation);
    }

    /// <summary>Ends with the input, after QUIT, or with the connection.</summary>
    /// <exception cref="PipConnectionException">The connection was lost, or closed with a code.</exception>
    public async Task Run(PipConnection connection, ChannelReader<string> typed, Func<SessionSettings> settings,
        CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var draining = Drain(connection);
        var typing = Type(connection, typed, settings, ending.Token);
        try
        {
            await Task.WhenAny(connection.Ended, typing);
            if (typing.IsCompleted)
                await Leave(connection, cancellation);

            await ending.CancelAsync();
            await typing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            await connection.DisposeAsync();
            await draining;
        }

        if (await connection.Ended is { Reason: not "closed" } why)
            throw why;

        if (typing.IsFaulted)
            await typing;
    }

    private async Task Type(PipConnection connection, ChannelReader<string> typed, Func<SessionSettings> settings,
        CancellationToken cancellation)
    {
        await foreach (var line in typed.ReadAllAsync(cancellation))
        {
            _hasQuit |= line.StartsWith("QUIT ", StringComparison.Ordinal);
            if (line == "login")
                await TryLogIn(connection, settings, cancellation);
            else
                connection.SendRaw(Encoding.UTF8.GetBytes(line + "\r\n"));
        }
    }

    private async Task TryLogIn(
        PipConnection connection, Func<SessionSettings> settings, CancellationToken cancellation)
    {
        try
        {
            await LogIn(connection, settings(), cancellation);
        }
        catch (Exception exception) when (exception is PipLoginException or UsageException
            or TimeoutException)
        {
            report.Remark($"{exception.Message}");
        }
    }

    // Somebody must take the events, or the connection ends when too many wait. Nothing is acknowledged here.
    private static async Task Drain(PipConnection connection)
    {
        try
        {
            while (await connection.Events.WaitToReadAsync())
                connection.Events.TryRead(out _);
        }
        catch (PipConnectionException)
        {
            // Whoever started this learns of it from the connection.
        }
    }

    private async Task Leave(PipConnection connection, CancellationToken cancellation)
    {
        try
        {
            await (_hasQuit ? connection.Ended : connection.Quit(cancellation))
                .WaitAsync(Farewell, connection.Options.Time, cancellation);
        }
        catch (Exception exception) when (exception is PipConnectionException or TimeoutException)
        {
            // The connection has ended, or will be closed without the answer.
        }
    }
}
