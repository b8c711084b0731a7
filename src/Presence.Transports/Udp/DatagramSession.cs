using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Presence.Protocol.Framing;
using Presence.Protocol.Sealing;
using Presence.Sessions.Transport;
using Presence.Transports.Connections;

namespace Presence.Transports.Udp;

/// <summary>
/// One key at work: to the sessions it is a connection like any other, on the wire it is datagrams. Events are kept until
/// the client acknowledges them; answers are sent once, for the client repeats its request.
/// </summary>
internal sealed class DatagramSession : IDuplexPipe, IDisposable
{
    // Requests that wait while one is executed. What comes beyond it is dropped, and repeated by the client.
    private static readonly PipeOptions Waiting = new(
        pauseWriterThreshold: 16 * 1024, resumeWriterThreshold: 8 * 1024, useSynchronizationContext: false);

    private readonly Lock _lock = new();
    private readonly Pipe _received = new(Waiting);
    private readonly Pipe _toSend = new(Waiting);
    private readonly SealedChannel _channel;
    private readonly IDatagramSender _sender;
    private readonly TimeProvider _time;
    private readonly ClientAddress _address;
    private readonly EventBuffer _events = new();
    private Task<FlushResult>? _taking;
    private long _ping;
    private bool _isOver;

    public DatagramSession(
        SealedChannel channel, IDatagramSender sender, TimeProvider time, DatagramGrant grant, DateTimeOffset expires)
    {
        _channel = channel;
        _sender = sender;
        _time = time;
        _address = new ClientAddress(IPEndPoint.TryParse(grant.Remote, out var remote) ? remote.Address : null);
        Grant = grant;
        Expires = expires;
    }

    public string Name => _channel.Name;

    public DatagramGrant Grant { get; }

    public DateTimeOffset Expires { get; }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _toSend.Writer;

    /// <summary>Serves the key until it ends: by expiry, by the client's QUIT, or by the node.</summary>
    public async Task Serve(ISessionHost sessions, Admission admission)
    {
        var sending = SendAll();
        await sessions.Serve(new SessionTransport(
            $"udp-{Name}", this, Grant.Remote, IsLoopback: false, Tls: null, _ => End()) { Kind = "udp", Admission = admission });
        await _toSend.Writer.CompleteAsync();
        await sending;
        End();
        await _received.Reader.CompleteAsync();
    }

    /// <summary>Takes what came. Whatever is not a new datagram of this key's owner leaves no trace.</summary>
    public bool Receive(in SealedDatagram datagram, int octets, IPEndPoint from)
    {
        lock (_lock)
        {
            if (_isOver || !_channel.TryOpen(datagram, out var inner, out var isNewest)
                || !InnerFrames.TryRead(inner, out var frame))
                return false;
            if (_address.Heard(from, octets, isNewest))
                _ping++;
            if (frame.Kind == FrameKind.Response)
                Proven(frame, from);
            else
                Pass(frame, inner);
            // What was sent from a former address and comes late says nothing of the new one.
            if (!_address.IsProven && from.Equals(_address.Current))
                Send(InnerFrames.Ping(_ping));
            _events.Revive(_time.GetUtcNow());
            SendEvents();
            return true;
        }
    }

    /// <summary>Looks at the time; called several times a second while anything waits.</summary>
    public void Tick(DateTimeOffset now)
    {
        if (now >= Expires)
            End();
        lock (_lock)
        {
            if (_events.NextDue <= now)
                SendEvents();
        }
    }

    /// <summary>Nothing more is taken; the session finds the end of its octets.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            _isOver = true;
            _received.Writer.Complete();
        }
    }

    public void Dispose() => _channel.Dispose();

    private void Proven(Frame answer, IPEndPoint from)
    {
        if (_address.IsProven || answer.Number != _ping || !from.Equals(_address.Current))
            return;
        _address.Prove();
        _events.SendAllAgain(_time.GetUtcNow());
    }

    private void Pass(Frame frame, byte[] inner)
    {
        if (frame.Kind == FrameKind.Acknowledgement)
            _events.Acknowledge(frame.Number);
        if (_taking is { IsCompleted: false })
            return;
        _received.Writer.Write(inner);
        _taking = _received.Writer.FlushAsync().AsTask();
    }

    private async Task SendAll()
    {
        var cutter = new FrameCutter();
        while (true)
        {
            var read = await _toSend.Reader.ReadAsync();
            var rest = read.Buffer;
            while (cutter.TryCut(ref rest, out var frame, out var octets))
                Take(frame!, octets);
            _toSend.Reader.AdvanceTo(rest.Start, rest.End);
            if (!read.IsCompleted)
                continue;
            await _toSend.Reader.CompleteAsync();
            return;
        }
    }

    private void Take(Frame frame, ReadOnlySequence<byte> octets)
    {
        lock (_lock)
        {
            switch (frame.Kind)
            {
                case FrameKind.Event:
                    _events.Add(frame, _time.GetUtcNow());
                    SendEvents();
                    break;
                case FrameKind.Response:
                    Send(InnerFrames.Response(frame));
                    break;
                default:
                    Send(octets.ToArray());
                    break;
            }
        }
    }

    private void SendEvents()
    {
        // Nowhere to send them yet: they wait for the first datagram and lose no attempt.
        if (_address.Current is null)
            return;
        foreach (var (frame, previous) in _events.TakeDue(_time.GetUtcNow()))
            Send(InnerFrames.Event(frame, previous));
    }

    private void Send(byte[] inner)
    {
        if (_address.Current is not { } to)
            return;
        var datagram = _channel.Seal(inner);
        if (_address.TrySpend(datagram.Length))
            _sender.Send(datagram, to);
    }
}
