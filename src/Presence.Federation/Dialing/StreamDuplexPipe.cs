using System.IO.Pipelines;

namespace Presence.Federation.Dialing;

/// <summary>The two pipes over a stream, and its orderly end.</summary>
internal sealed class StreamDuplexPipe(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

    /// <summary>Flushes, and closes the stream. What the other side no longer takes is lost, which it knows.</summary>
    public async ValueTask Close(Stream owned)
    {
        try
        {
            await Output.CompleteAsync();
            await Input.CompleteAsync();
        }
        finally
        {
            await owned.DisposeAsync();
        }
    }
}
