using System.Buffers;
using System.IO.Pipelines;
using Presence.Protocol.Framing;
using ReadResult = Presence.Protocol.Framing.ReadResult;

namespace Presence.Federation.Links;

/// <summary>The frames of one connection, one after the other.</summary>
internal sealed class FrameSource(PipeReader input)
{
    private readonly FrameReader _reader = new(FrameLimits.BeforeHello);
    private ReadOnlySequence<byte> _rest;
    private bool _holdsBuffer;
    private bool _isCompleted;

    public FrameLimits Limits
    {
        set => _reader.Limits = value;
    }

    /// <summary>Is run whenever octets have come.</summary>
    public Action? OnOctets { get; set; }

    /// <summary>Is run when all whole frames that have come were taken, before more is awaited.</summary>
    public Action? OnIdle { get; set; }

    /// <summary>
    /// Is run with 0 when a frame is whole, and before more is awaited: with the number of octets of one that is not.
    /// </summary>
    public Action<long>? OnFrame { get; set; }

    /// <summary>
    /// The next frame or fault; <see cref="ReadStatus.Incomplete"/> when no more will come, or <see cref="Interrupt"/> was called.
    /// </summary>
    public async ValueTask<ReadResult> Next()
    {
        while (true)
        {
            while (!_rest.IsEmpty)
            {
                var result = _reader.Read(ref _rest);
                if (result.Status == ReadStatus.Incomplete)
                    break;
                if (result.Status == ReadStatus.EmptyLine)
                    continue;
                OnFrame?.Invoke(0);
                return result;
            }

            OnFrame?.Invoke(_reader.IsInsideFrame(_rest) ? _rest.Length : 0);
            if (_holdsBuffer)
                OnIdle?.Invoke();
            Release();
            if (_isCompleted)
                return default(ReadResult);
            var read = await input.ReadAsync();
            (_rest, _holdsBuffer, _isCompleted) = (read.Buffer, true, read.IsCompleted);
            if (read.IsCanceled)
                return default(ReadResult);
            OnOctets?.Invoke();
        }
    }

    /// <summary>Makes <see cref="Next"/> return soon.</summary>
    public void Interrupt() => input.CancelPendingRead();

    private void Release()
    {
        if (!_holdsBuffer)
            return;
        _holdsBuffer = false;
        input.AdvanceTo(_rest.Start, _rest.End);
        _rest = default;
    }
}
