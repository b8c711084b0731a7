using Presence.Conversations.Tests.Node;

namespace Presence.Conversations.Tests.Twins;

/// <summary>Passes everything on and writes it down.</summary>
internal sealed class ObservedStream(Stream stream, Transcript transcript) : PassingStream(stream)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Inner.ReadAsync(buffer, cancellationToken);
        transcript.Add(Transcript.Received, buffer.Span[..count]);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        transcript.Add(Transcript.Sent, buffer.Span);
        return Inner.WriteAsync(buffer, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
