using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Presence.Sessions.Transport;

namespace Presence.Transports.Tls;

/// <summary>
/// Lets a clear-text connection begin anew under TLS: the session that agreed to it has ended, and a new one follows behind
/// the handshake, which knows nothing of the first. The handshake is that of <see cref="DirectTlsListener"/>.
/// </summary>
internal sealed partial class StartTls(
    ConnectionDelegate next, Handshake handshake, TimeProvider time, ILogger<StartTls> logger)
{
    public async Task OnConnection(ConnectionContext connection)
    {
        var turn = new StartTlsSwitch();
        connection.Features.Set(turn);
        await next(connection);
        if (!turn.IsAgreed)
            return;

        connection.Features.Set<StartTlsSwitch>(null);
        await using var tls = new SslStream(new PipeStream(connection.Transport));
        if (await TryShakeHands(connection, tls))
            await Serve(connection, tls);
    }

    private async Task<bool> TryShakeHands(ConnectionContext connection, SslStream tls)
    {
        using var limit = new CancellationTokenSource(DirectTlsListener.HandshakeTime, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, connection.ConnectionClosed);
        try
        {
            await tls.AuthenticateAsServerAsync(
                (_, hello, _, cancellation) => handshake.Answer(connection, hello.ServerName, cancellation),
                state: null, ending.Token);
            return tls.NegotiatedApplicationProtocol == Handshake.Pip1;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or OperationCanceledException)
        {
            LogNoHandshake(connection.ConnectionId, failure.Message);
            return false;
        }
    }

    private async Task Serve(ConnectionContext connection, SslStream tls)
    {
        var clear = connection.Transport;
        var input = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true));
        var output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        connection.Features.Set(NegotiatedTls.FactsOf(connection, tls));
        connection.Transport = new Duplex(input, output);
        try
        {
            await next(connection);
            await output.CompleteAsync();
            await tls.ShutdownAsync();
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException or InvalidOperationException)
        {
            LogTorn(connection.ConnectionId, torn.Message);
        }
        finally
        {
            await input.CompleteAsync();
            connection.Transport = clear;
        }
    }

    [LoggerMessage(2013, LogLevel.Debug, "Connection {Connection} began no TLS: {Why}")]
    private partial void LogNoHandshake(string connection, string why);

    [LoggerMessage(2014, LogLevel.Debug, "Connection {Connection} was torn under TLS: {Why}")]
    private partial void LogTorn(string connection, string why);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
