using Grpc.Core;

namespace Presence.Transports.Grpc;

/// <summary>A gRPC stream takes one message at a time; two sides of a session write here.</summary>
internal sealed class FrameTeller : IDisposable
{
    private readonly IServerStreamWriter<OutgoingFrames> _stream;
    private readonly SemaphoreSlim _turn = new(1);

    public FrameTeller(IServerStreamWriter<OutgoingFrames> stream)
    {
        _stream = stream;
        stream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
    }

    public void Dispose() => _turn.Dispose();

    public async ValueTask Tell(OutgoingFrames frames, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await _stream.WriteAsync(frames, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }
}
