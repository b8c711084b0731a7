using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Tests.Hosting;

/// <summary>One connection as a client has it, with a cut at any octet in either direction.</summary>
internal sealed class TestClient(PipeWriter up, PipeReader down, Task served)
{
    // Generous: it only bounds how long a failing test takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FrameReader _frames = new(new FrameLimits(65_536, 1_048_576));
    private byte[] _rest = [];
    private bool _isCut;

    /// <summary>Octets that may still be received before the connection is cut; null for no cut.</summary>
    public long? ReceivesAtMost { get; set; }

    /// <summary>Complete when the gateway has let go of the connection.</summary>
    public Task Served => served;

    /// <summary>Sends text; with a limit only its first octets, and then the connection is cut.</summary>
    public async Task Send(string text, int? cutAfter = null)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (!_isCut)
            await up.WriteAsync(octets.AsMemory(0, Math.Min(octets.Length, cutAfter ?? octets.Length)));
        if (cutAfter is not null)
            await Cut();
    }

    /// <summary>The next frame; null when the connection is over.</summary>
    public async Task<Frame?> Read()
    {
        while (true)
        {
            var rest = new ReadOnlySequence<byte>(_rest);
            var result = _frames.Read(ref rest);
            _rest = rest.ToArray();
            if (result.Status == ReadStatus.Frame)
                return result.Frame;
            Assert.Equal(ReadStatus.Incomplete, result.Status);
            if (!await ReadMore())
                return null;
        }
    }

    /// <summary>The next frame that is a response; events before it are dropped.</summary>
    public async Task<Frame> Ask(string request)
    {
        await Send(request + "\r\n");
        while (await Read() is { } frame)
        {
            if (frame.Kind == FrameKind.Response)
                return frame;
        }

        throw new IOException("The connection ended before the response.");
    }

    /// <summary>Greeting, HELLO and AUTH.</summary>
    public async Task Authenticate(string user)
    {
        Assert.Equal(220, (await Read())?.Code);
        Assert.Equal(200, (await Ask("HELLO 1 localhost v=1.0 role=client")).Code);
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{user}"));
        Assert.Equal(200, (await Ask($"AUTH 2 PLAIN data={data}")).Code);
    }

    public async Task Cut()
    {
        _isCut = true;
        await up.CompleteAsync();
        await down.CompleteAsync();
    }

    private async Task<bool> ReadMore()
    {
        try
        {
            var read = await down.ReadAsync().AsTask().WaitAsync(Patience);
            var taken = read.Buffer;
            if (ReceivesAtMost is { } most)
            {
                taken = taken.Slice(0, Math.Min(most, taken.Length));
                ReceivesAtMost = most - taken.Length;
            }

            _rest = [.. _rest, .. taken.ToArray()];
            down.AdvanceTo(read.Buffer.End);
            if (ReceivesAtMost == 0)
                await Cut();
            return !taken.IsEmpty || (!read.IsCompleted && ReceivesAtMost != 0);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
