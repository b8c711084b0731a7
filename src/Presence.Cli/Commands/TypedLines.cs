using System.Threading.Channels;

namespace Presence.Cli.Commands;

/// <summary>
/// Lines typed by a person. A console cannot be read asynchronously, so a thread of its own waits for them; it ends
/// with the input or with the process.
/// </summary>
internal static class TypedLines
{
    public static ChannelReader<string> Of(TextReader input)
    {
        var lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleWriter = true });
        new Thread(() => Read(input, lines.Writer)) { IsBackground = true, Name = "typed lines" }.Start();
        return lines.Reader;
    }

    private static void Read(TextReader input, ChannelWriter<string> lines)
    {
        try
        {
            while (input.ReadLine() is { } line)
                lines.TryWrite(line);

            lines.TryComplete();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            lines.TryComplete(exception);
        }
    }
}
