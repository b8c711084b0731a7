using Google.Protobuf;
using Grpc.Core;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests;

[Collection(nameof(GrpcNode))]
public sealed class SessionStreamTests(GrpcNode node)
{
    [Fact]
    public async Task A_stream_with_credentials_begins_authenticated()
    {
        var alice = await node.NewUser("alice");
        using var session = alice.Open();

        var greeting = await session.Greeting();
        var bound = await session.Ask(new ClientFrame { Bind = new BindRequest { Endpoint = "desk", Show = "away" } });

        Assert.Equal((0, 220, alice.Address), (greeting.Tag, greeting.Code, greeting.Greeting.User));
        Assert.Equal((200, "desk"), (bound.Code, bound.Bind.Endpoint));
        Assert.NotEmpty(bound.Bind.Key);
        Assert.Equal(300, bound.Bind.ResumableFor.Seconds);
    }

    [Fact]
    public async Task A_stream_without_credentials_begins_like_any_connection()
    {
        var alice = await node.NewUser("alice");
        using var session = new OpenSession(alice.Client.Session(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Empty((await session.Greeting()).Greeting.User);
        var early = await session.Ask(new ClientFrame { Bind = new BindRequest() });
        var hello = await session.Ask(new ClientFrame
        {
            Hello = new HelloRequest { Domain = "localhost", Versions = { "1.0" }, Role = "client" },
        });
        var refused = await session.Ask(new ClientFrame { Get = new GetRequest() });

        Assert.Equal((401, "hello-first"), (early.Code, early.Reason));
        Assert.Equal("SCRAM-SHA-256", Assert.Single(hello.Hello.Mechanisms));
        Assert.Equal(4096, hello.Hello.MaxLine);
        Assert.Equal((401, "auth-required"), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task A_change_reaches_the_watcher_as_a_typed_event()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        using var watching = bob.Open();
        await watching.Bind();

        var subscribed = await watching.Ask(new ClientFrame
        {
            Subscribe = new SubscribeRequest { Place = $"{alice.Address}/status", Id = "s1", Scope = SubscriptionScope.Session },
        });
        var snapshot = await watching.Event();
        await alice.Client.SetStatusAsync(new SetStatusRequest { Status = "dnd" }, alice.Basic);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        var change = await watching.Event();

        Assert.Equal((200, "active"), (subscribed.Code, subscribed.Subscribe.State));
        Assert.Equal("s1", snapshot.Notify.Id);
        Assert.Equal(($"{alice.Address}/status", "dnd"), (change.Notify.Place, change.Notify.Value));
        Assert.True(change.Number > snapshot.Number);
        Assert.True(change.Notify.Version > 0);
    }

    [Fact]
    public async Task A_message_arrives_unchanged_and_its_receipt_comes_back()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        await bob.Approve(alice);
        using var receiving = alice.Open();
        using var sending = bob.Open();
        await receiving.Bind();
        await sending.Bind();
        byte[] body = [0, 13, 10, 255, (byte)'{', 200];

        var sent = await sending.Ask(new ClientFrame
        {
            Send = new SendRequest
            {
                To = { alice.Address }, MessageId = "m1", Type = "application/octet-stream", Body = ByteString.CopyFrom(body),
                Want = { "delivered" }, Subject = "two words",
            },
        });
        var message = await receiving.Event();
        await receiving.Send(new ClientFrame { Acknowledge = message.Number });
        var receipt = await sending.Event();

        Assert.Equal((202, 202), (sent.Code, sent.Send.Code));
        Assert.Equal((bob.Address, "m1", "two words"), (message.Message.From, message.Message.MessageId, message.Message.Subject));
        Assert.Equal(body, message.Message.Body.ToByteArray());
        Assert.Equal(("m1", "delivered"), (receipt.Receipt.MessageId, receipt.Receipt.Disposition));
    }

    [Fact]
    public async Task After_a_cut_the_session_is_resumed_and_what_was_not_acknowledged_comes_again()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        using var cutting = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var first = alice.Open(cutting.Token);
        var bound = await first.Bind();
        await bob.Client.SendMessageAsync(Text(alice, "m1"), bob.Basic);
        var lost = await first.Event();
        await cutting.CancelAsync();

        using var second = alice.Open();
        await second.Greeting();
        var resumed = await second.Ask(new ClientFrame
        {
            Resume = new ResumeRequest { Session = bound.Session, Key = bound.Key, Seen = 0 },
        });
        var again = await second.Event();

        Assert.Equal(200, resumed.Code);
        Assert.Equal(bound.Session, resumed.Bind.Session);
        Assert.NotEqual(bound.Key, resumed.Bind.Key);
        Assert.Equal((lost.Number, "m1"), (again.Number, again.Message.MessageId));
    }

    [Fact]
    public async Task A_repeated_tag_repeats_the_answer_and_does_nothing()
    {
        var alice = await node.NewUser("alice");
        using var session = alice.Open();
        await session.Bind();
        var set = new ClientFrame { Tag = 7, Set = new SetRequest { Place = "~/note", Value = "once" } };

        await session.Send(set);
        var first = await session.Response(7);
        await session.Send(set);
        var second = await session.Response(7);

        Assert.Equal(first.Write.Version, second.Write.Version);
        Assert.False(first.RepeatedAnswer);
        Assert.True(second.RepeatedAnswer);
    }

    [Fact]
    public async Task Verbs_and_parameters_without_a_message_pass_as_they_are()
    {
        var alice = await node.NewUser("alice");
        using var session = alice.Open();
        await session.Bind();

        var unknown = await session.Ask(new ClientFrame { Other = new OtherRequest { Verb = "DANCE", Target = "~" } });
        var critical = await session.Ask(new ClientFrame
        {
            Get = new GetRequest { Place = "~/status" },
            Extra = { new Parameter { Name = "x-colour", Value = "blue", Critical = true } },
        });
        var spaced = await session.Ask(new ClientFrame { Get = new GetRequest { Place = "no place" } });

        Assert.Equal((501, "not-implemented"), (unknown.Code, unknown.Reason));
        Assert.Equal((420, "x-colour"), (critical.Code, critical.Fault.Parameter));
        Assert.Equal((400, "bad-request"), (spaced.Code, spaced.Reason));
    }

    [Fact]
    public async Task Quit_ends_the_stream_in_good_order_and_a_fatal_fault_with_its_status()
    {
        var alice = await node.NewUser("alice");
        using var good = alice.Open();
        await good.Bind();
        var bye = await good.Ask(new ClientFrame { Quit = new QuitRequest() });
        Assert.Equal(221, bye.Code);
        Assert.False(await good.Call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        using var bad = alice.Open();
        await bad.Bind();
        await bad.Send(new ClientFrame { Acknowledge = 99 });
        Assert.Equal(400, (await bad.Read()).Response.Code);
        var ended = await Assert.ThrowsAsync<RpcException>(bad.Read);
        Assert.Equal(StatusCode.InvalidArgument, ended.StatusCode);
    }

    [Fact]
    public async Task Who_does_not_read_gets_the_newest_value_and_not_each_of_them()
    {
        const int changes = 250;
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        using var watching = bob.Open();
        using var writing = alice.Open();
        await watching.Bind();
        await writing.Bind();
        await watching.Ask(new ClientFrame { Subscribe = new SubscribeRequest { Place = $"{alice.Address}/note", Id = "s1" } });

        var padding = new string('x', 3000);
        for (var n = 1; n <= changes; n++)
        {
            var response = await writing.Ask(new ClientFrame { Set = new SetRequest { Place = "~/note", Value = $"{n} {padding}" } });
            Assert.Equal(200, response.Code);
            // More than changes are held back for; all of them less than a write may be stuck for.
            node.Clock.Advance(TimeSpan.FromMilliseconds(101));
        }

        var received = 0;
        while (true)
        {
            var @event = await watching.Event();
            received++;
            if (@event.Notify.Value.StartsWith($"{changes} ", StringComparison.Ordinal))
                break;
        }

        Assert.InRange(received, 1, changes - 1);
    }

    private static SendRequest Text(TestUser to, string id) => new()
    {
        To = { to.Address }, MessageId = id, Body = ByteString.CopyFromUtf8("hello"),
    };
}
