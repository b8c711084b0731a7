using System.Text;
using System.Threading.Channels;
using Presence.Sessions.Transport;
using Presence.Transports.Grpc;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Grpc;

public sealed class SessionLineTests
{
    private static readonly CallOrigin Origin = new("call", "127.0.0.1:1", IsLoopback: true, Tls: null);

    private readonly Speaker _speaker = new();

    [Fact]
    public async Task Frames_that_are_due_together_are_known_to_be_before_the_last_one_is_read()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        await _speaker.Say("NOTIFY #1 a@a.example/status val=x\r\nNOTIFY #2 a@a.example/status val=y\r\n200 7 ok\r\n");

        Assert.Equal(("NOTIFY", 1, true), await Next(line));
        Assert.Equal(("NOTIFY", 2, true), await Next(line));
        Assert.Equal(("", 7, false), await Next(line));
    }

    [Fact]
    public async Task A_question_of_the_session_behind_a_frame_is_no_frame_to_wait_for_and_is_answered()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        await _speaker.Say("200 7 ok\r\nPING 3\r\n");

        Assert.Equal(("", 7, false), await Next(line));
        var next = Next(line);

        Assert.Equal("200 3 pong\r\n", await _speaker.Hear());
        await _speaker.Say("200 8 ok\r\n");
        Assert.Equal(("", 8, false), await next);
    }

    [Fact]
    public async Task Half_a_frame_is_no_frame_to_wait_for()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        await _speaker.Say("200 7 ok\r\n200 8");

        Assert.Equal(("", 7, false), await Next(line));
        var next = Next(line);
        await _speaker.Say(" ok\r\n");

        Assert.Equal(("", 8, false), await next);
    }

    [Fact]
    public async Task An_event_is_given_in_its_octets_which_hold_until_the_next_is_read()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        await _speaker.Say("NOTIFY #1 a@a.example/status val=x\r\n200 7 ok\r\n");

        var told = (await line.ReadLine(Deadline.Token))!.Value;
        Assert.Null(told.Read);
        Assert.Equal("NOTIFY #1 a@a.example/status val=x\r\n", Encoding.ASCII.GetString(told.Octets));
        Assert.Equal(1, line.Parse(told).Number);
        var answer = (await line.ReadLine(Deadline.Token))!.Value;
        Assert.Equal(7, answer.Read?.Number);

        Assert.Equal("200 7 ok\r\n", Encoding.ASCII.GetString(answer.Octets));
    }

    [Fact]
    public async Task Who_has_written_much_does_not_wait_for_the_call_after_next()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        var said = _speaker.Say($"200 7 ok {{20000}}\r\n{new string('x', 20000)}\r\n");
        Assert.False(said.IsCompleted);

        Assert.Equal(("", 7, false), await Next(line));

        await said;
    }

    [Fact]
    public async Task What_is_put_is_passed_on_by_a_flush_and_a_lot_at_once()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        await line.Put("PING 1\r\n"u8.ToArray(), Deadline.Token);
        await line.Put("PING 2\r\n"u8.ToArray(), Deadline.Token);
        await line.Flush(Deadline.Token);
        Assert.Equal("PING 1\r\nPING 2\r\n", await _speaker.Hear());

        await line.Put(new byte[5000], Deadline.Token);

        Assert.Equal(5000, (await _speaker.Hear()).Length);
    }

    [Fact]
    public async Task What_was_put_before_the_last_request_is_not_lost()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        await line.Put("SEND 1 ~ mid=m {0}\r\n\r\n"u8.ToArray(), Deadline.Token);

        await line.EndRequests();

        Assert.Equal("SEND 1 ~ mid=m {0}\r\n\r\n", await _speaker.Hear());
    }

    [Fact]
    public async Task A_cut_is_felt_by_whoever_waits()
    {
        await using var line = new SessionLine(_speaker, "line", Origin, caller: null);
        var next = Next(line);

        (await _speaker.Transport).Abort("slow");

        await Assert.ThrowsAsync<OperationCanceledException>(() => next);
        Assert.True(line.IsOver);
    }

    private static async Task<(string Verb, long Number, bool HasNext)> Next(SessionLine line)
    {
        var frame = await line.Read(Deadline.Token);
        return (frame!.Verb, frame.Number, line.HasNext);
    }

    /// <summary>A session that says what it is told to.</summary>
    private sealed class Speaker : ISessionHost
    {
        private readonly TaskCompletionSource<SessionTransport> _served =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();

        public Task<SessionTransport> Transport => _served.Task;

        public async Task Serve(SessionTransport transport)
        {
            _served.SetResult(transport);
            while (true)
            {
                var read = await transport.Pipe.Input.ReadAsync();
                if (!read.Buffer.IsEmpty)
                    _heard.Writer.TryWrite(Encoding.ASCII.GetString(read.Buffer));
                transport.Pipe.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }

        public Task Drain(CancellationToken deadline) => Task.CompletedTask;

        public async Task Say(string octets) =>
            await (await Transport).Pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(octets), Deadline.Token);

        public async Task<string> Hear() => await _heard.Reader.ReadAsync(Deadline.Token);
    }
}
