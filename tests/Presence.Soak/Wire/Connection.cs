using System.Net;
using System.Net.Sockets;
using System.Text;
using Presence.Testing.Wire;

namespace Presence.Soak.Wire;

/// <summary>One connection in clear text; it can be cut without a word.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly FrameReader _reader;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _closing = new();
    private bool _isClosed;

    private Connection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new FrameReader(_stream);
    }

    public bool IsCut { get; private set; }

    /// <exception cref="IOException">Nobody listens there.</exception>
    public static async Task<Connection> Open(EndPoint server, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancel);
            return new Connection(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"No connection to {server}: {exception.Message}", exception);
        }
    }

    /// <returns>Null when the connection has ended, also in the middle of a frame.</returns>
    public async Task<WireFrame?> Read(CancellationToken cancel)
    {
        try
        {
            return await _reader.Read(cancel);
        }
        catch (Exception exception) when (exception is ObjectDisposedException || (IsCut && exception is WireException))
        {
            return null;
        }
    }

    public Task Send(string line, string body, CancellationToken cancel) => Send(Octets(line, body), cancel);

    /// <summary>As much of a frame as that; what is lost on the way shows when the answer does not come.</summary>
    public async Task Send(ReadOnlyMemory<byte> octets, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await _stream.WriteAsync(octets, cancel);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Reading meets the end as well and tells it.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends a request of the login and reads its answer.</summary>
    /// <exception cref="IOException">The connection ended instead.</exception>
    public async Task<WireLine> Ask(string line, CancellationToken cancel)
    {
        await Send(line, "", cancel);
        return await Answer(cancel);
    }

    /// <exception cref="IOException">The connection ended instead.</exception>
    public async Task<WireLine> Answer(CancellationToken cancel)
    {
        var frame = await Read(cancel).WaitAsync(Patience, TimeProvider.System, cancel)
            ?? throw new IOException("The server closed the connection during the login.");
        return WireLine.Parse(frame.Line);
    }

    /// <param name="isReset">With RST instead of FIN.</param>
    public void Cut(bool isReset)
    {
        lock (_closing)
        {
            // The server may have closed it in this moment, and the reader with it.
            if (isReset && !_isClosed)
                _socket.LingerState = new LingerOption(true, 0);
            Close();
        }
    }

    public void Dispose()
    {
        lock (_closing)
            Close();
    }

    private void Close()
    {
        IsCut = true;
        _isClosed = true;
        _stream.Dispose();
    }

    public static byte[] Octets(string line, string body) => Encoding.UTF8.GetBytes(
        body.Length == 0 ? $"{line}\r\n" : $"{line} {{{Encoding.UTF8.GetByteCount(body)}}}\r\n{body}\r\n");
}
