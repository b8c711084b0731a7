using System.Buffers;
using System.IO.Pipelines;
using Presence.Protocol.Framing;
using ReadResult = Presence.Protocol.Framing.ReadResult;

namespace Presence.Client.Connections;

/// <summary>The only reader of a connection: cuts the stream into frames and hands them on, one at a time.</summary>
/// <param name="limits">Ceilings for what the server sends.</param>
/// <param name="trace">Told of each frame before it is handed on.</param>
/// <param name="take">Takes a frame, or a fault of the server; an exception it returns ends the connection.</param>
/// <param name="heard">Called whenever octets arrive.</param>
internal sealed class IncomingFrames(
    FrameLimits limits, WireTrace? trace, Func<ReadResult, PipConnectionException?> take, Action heard)
{
    private readonly FrameReader _frames = new(limits);

    /// <summary>Runs until the connection has a reason to end, which it returns; never throws.</summary>
    public async Task<PipConnectionException> ReadFrom(Stream stream, CancellationToken stopping)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(stopping);
                heard();
                var rest = result.Buffer;
                if (Take(ref rest) is { } why)
                    return why;

                if (result.IsCompleted)
                    return _frames.IsInsideFrame(rest)
                        ? PipConnectionException.Torn()
                        : PipConnectionException.Closed();

                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        catch (Exception exception)
        {
            // The edge of the connection: whoever waits must learn of the end, whatever ended it.
            return PipConnectionException.Lost(exception);
        }
    }

    private PipConnectionException? Take(ref ReadOnlySequence<byte> rest)
    {
        while (true)
        {
            var before = rest;
            var result = _frames.Read(ref rest);
            if (result.Status == ReadStatus.Incomplete)
                return null;

            var taken = result.Status == ReadStatus.Broken ? before : before.Slice(0, rest.Start);
            trace?.Invoke(WireDirection.Received, taken.ToArray());
            if (result.Status != ReadStatus.EmptyLine && take(result) is { } why)
                return why;
        }
    }
}
