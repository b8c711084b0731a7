using Microsoft.Extensions.Time.Testing;
using Presence.Client.Connections;
using Presence.Client.Tests.Scripts;

namespace Presence.Client.Tests.Connections;

public sealed class PipConnectionTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Tags_ascend_and_answers_find_their_requests_in_any_order()
    {
        await using var connection = await _server.Greet();
        var first = connection.Request(Get("a@localhost"));
        var second = connection.Request(Get("b@localhost"));
        Assert.Equal("GET 1 a@localhost", await _server.Hear());
        Assert.Equal("GET 2 b@localhost", await _server.Hear());
        await _server.Say("200 2 ok val=two", "100 1 trying", "200 1 ok val=one");

        Assert.Equal("one", (await first).Parameters["val"]);
        Assert.Equal("two", (await second).Parameters["val"]);
    }

    [Fact]
    public async Task A_request_without_answer_times_out_after_thirty_seconds_and_a_late_answer_does_no_harm()
    {
        var time = new FakeTimeProvider();
        await using var connection = await _server.Greet(_server.Options with { Time = time });
        var request = connection.Request(Get("a@localhost"));
        await _server.Hear();
        time.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TimeoutException>(() => request);

        await _server.Say("200 1 ok");
        var next = connection.Request(Get("b@localhost"));
        await _server.Exchange("GET 2 b@localhost", "200 2 ok");
        Assert.Equal(200, (await next).Code);
    }

    [Fact]
    public async Task A_request_can_be_cancelled()
    {
        await using var connection = await _server.Greet();
        using var cancellation = new CancellationTokenSource();
        var request = connection.Request(Get("a@localhost"), cancellation.Token);
        await _server.Hear();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Fact]
    [Trait("Conformance", "SES-14")]
    public async Task The_servers_PING_is_answered_with_its_own_tag()
    {
        await using var connection = await _server.Greet();
        await _server.Say("PING 7");

        Assert.Equal("200 7 pong", await _server.Hear());
    }

    [Fact]
    public async Task Another_request_of_the_server_is_not_implemented()
    {
        await using var connection = await _server.Greet();
        await _server.Say("FROB 8 x");

        Assert.Equal("501 8 not-implemented", await _server.Hear());
    }

    [Fact]
    [Trait("Conformance", "TOK-13")]
    public async Task An_unknown_event_is_acknowledged_and_ignored()
    {
        await using var connection = await _server.Greet();
        await _server.Say("FROB #1 ~ x=y");
        Assert.Equal("ACK #1", await _server.Hear());

        await _server.Say("MSG #2 ~ from=bob@localhost mid=m {2}", "hi");
        Assert.Equal("MSG", (await connection.Events.ReadAsync()).Verb);
    }

    [Fact]
    public async Task A_421_fails_all_that_waits()
    {
        await using var connection = await _server.Greet();
        var first = connection.Request(Get("a@localhost"));
        var second = connection.Request(Get("b@localhost"));
        await _server.Hear();
        await _server.Hear();
        await _server.Say("421 0 going-down alt=127.0.0.1 text=see%20you");

        var failure = await Assert.ThrowsAsync<PipConnectionException>(() => first);
        Assert.Equal((421, "going-down"), (failure.Code, failure.Reason));
        Assert.Contains("see you", failure.Message);
        await Assert.ThrowsAsync<PipConnectionException>(() => second);
        await Assert.ThrowsAsync<PipConnectionException>(async () => await connection.Events.WaitToReadAsync());
        await Assert.ThrowsAsync<PipConnectionException>(() => connection.Request(Get("c@localhost")));
    }

    [Theory]
    [InlineData("MSG #1 ~ from=bob@localhost mid=m {10}\r\nonly", "torn")]
    [InlineData("NOTIFY #1 bob", "torn")]
    [InlineData("", "closed")]
    public async Task The_end_of_the_stream_is_told_apart_from_a_torn_frame(string last, string reason)
    {
        await using var connection = await _server.Greet();
        await _server.SayExactly(last);
        await _server.HangUp();

        Assert.Equal(reason, (await connection.Ended)!.Reason);
    }

    [Fact]
    public async Task A_malformed_answer_fails_its_request_only()
    {
        await using var connection = await _server.Greet();
        var first = connection.Request(Get("a@localhost"));
        var second = connection.Request(Get("b@localhost"));
        await _server.Hear();
        await _server.Hear();
        await _server.Say("200 1 ok val=%zz", "200 2 ok");

        Assert.Equal("protocol", (await Assert.ThrowsAsync<PipConnectionException>(() => first)).Reason);
        Assert.Equal(200, (await second).Code);
    }

    [Theory]
    [InlineData("NOTIFY #1  bob@localhost")]
    [InlineData("a\tb")]
    [InlineData("NOTIFY #1 ~ {99999999}")]
    [InlineData("NOTIFY #2 bob@localhost")]
    [InlineData("NOTIFY #5 bob@localhost prev=3")]
    [InlineData("NOTIFY #5 bob@localhost prev=x")]
    public async Task What_breaks_the_protocol_ends_the_connection(string line)
    {
        await using var connection = await _server.Greet();
        await _server.Say(line);

        Assert.Equal("protocol", (await connection.Ended)!.Reason);
    }

    [Fact]
    public async Task Events_seen_before_are_dropped_and_gaps_need_prev()
    {
        await using var connection = await _server.Greet();
        await _server.Say("INFO #1 ~", "INFO #1 ~", "INFO #4 ~ prev=1", "INFO #5 ~");

        Assert.Equal(1, (await connection.Events.ReadAsync()).Number);
        Assert.Equal(4, (await connection.Events.ReadAsync()).Number);
        Assert.Equal(5, (await connection.Events.ReadAsync()).Number);
        connection.Acknowledge(5);
        connection.Acknowledge(4);
        connection.SendRaw("PING 1\r\n"u8.ToArray());
        Assert.Equal("ACK #5", await _server.Hear());
        Assert.Equal("PING 1", await _server.Hear());
    }

    [Fact]
    public async Task A_silent_server_is_pinged_after_idle_and_left_after_half_as_much_again()
    {
        var time = new FakeTimeProvider();
        await using var connection = await _server.Greet(_server.Options with { Time = time });
        connection.StartKeepAlive(TimeSpan.FromSeconds(120));
        time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal("PING 1", await _server.Hear());
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("silent", (await connection.Ended)!.Reason);
    }

    [Fact]
    public async Task Typed_tags_are_not_used_again()
    {
        await using var connection = await _server.Greet();
        connection.SendRaw("GET 41 ~/status\r\n"u8.ToArray());
        await _server.Hear();
        var request = connection.Request(Get("a@localhost"));

        await _server.Exchange("GET 42 a@localhost", "200 42 ok");
        Assert.Equal(200, (await request).Code);
    }

    [Fact]
    public async Task The_end_after_QUIT_is_orderly()
    {
        await using var connection = await _server.Greet();
        var quitting = connection.Quit();
        await _server.Exchange("QUIT 1", "221 1 bye");
        await _server.HangUp();
        await quitting;

        Assert.Null(await connection.Ended);
        Assert.False(await connection.Events.WaitToReadAsync());
    }

    [Fact]
    public async Task Disposal_fails_what_waits_and_closes_the_socket()
    {
        var connection = await _server.Greet();
        var request = connection.Request(Get("a@localhost"));
        await _server.Hear();
        await connection.DisposeAsync();

        Assert.Equal("disposed", (await Assert.ThrowsAsync<PipConnectionException>(() => request)).Reason);
        Assert.Null(await _server.Hear());
    }

    [Fact]
    public async Task A_trace_sees_the_octets_of_both_directions()
    {
        var seen = new List<string>();
        await using var connection = await _server.Greet(_server.Options with
        {
            Trace = (direction, octets) =>
            {
                lock (seen)
                    seen.Add($"{direction} {System.Text.Encoding.UTF8.GetString(octets.Span)}");
            },
        });
        var request = connection.Request(Get("a@localhost"));
        await _server.Exchange("GET 1 a@localhost", "200 1 ok {3}", "a\rb");
        await request;

        Assert.Equal(
            [
                "Received 220 0 ready v=1.0 id=test\r\n", "Sent GET 1 a@localhost\r\n",
                "Received 200 1 ok {3}\r\na\rb\r\n",
            ],
            seen);
    }

    [Fact]
    public async Task A_request_that_cannot_be_written_sends_nothing()
    {
        await using var connection = await _server.Greet();
        await Assert.ThrowsAsync<ArgumentException>(() => connection.Request(Get("has space")));
        var request = connection.Request(Get("a@localhost"));

        await _server.Exchange("GET 2 a@localhost", "200 2 ok");
        Assert.Equal(200, (await request).Code);
    }

    private static RequestBuilder Get(string target) => (ref writer, tag) =>
    {
        writer.Request("GET", tag, target);
        writer.End();
    };
}
