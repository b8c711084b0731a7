using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests;

[Collection(nameof(GrpcNode))]
public sealed class UnaryCallTests(GrpcNode node)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_that_is_set_is_read_by_those_who_may_and_by_nobody_else()
    {
        var (alice, bob, carol) = (await node.NewUser("alice"), await node.NewUser("bob"), await node.NewUser("carol"));
        await alice.Approve(bob);

        await alice.Client.SetStatusAsync(new SetStatusRequest { Status = "busy", Note = "in a call" }, alice.Basic);
        var seen = await bob.Client.GetPresenceAsync(
            new GetPresenceRequest { Addresses = { alice.Address, carol.Address, "not an address" } }, bob.Basic);

        Assert.Equal([200, 403, 484], seen.Presence.Select(one => one.Code));
        Assert.Equal(("busy", alice.Address), (seen.Presence[0].Status, seen.Presence[0].Address));
        Assert.Equal("in a call", seen.Presence[0].Properties.Single(property => property.Path == "note").Value);
        Assert.Empty(seen.Presence[1].Properties);
    }

    [Fact]
    public async Task A_leased_status_falls_back_to_its_default()
    {
        var alice = await node.NewUser("alice");
        await alice.Client.SetStatusAsync(
            new SetStatusRequest { Endpoint = "sensor", Status = "online", Default = "offline", Lease = Seconds(60) },
            alice.Basic);
        var before = await alice.Client.GetPropertyAsync(new GetRequest { Place = "~/ep/sensor/status" }, alice.Basic);

        Assert.Equal(("online", "offline", 60), (before.Value, before.Default, before.Lease.Seconds));
    }

    [Fact]
    public async Task Properties_are_written_read_and_deleted_with_their_versions()
    {
        var alice = await node.NewUser("alice");
        var written = await alice.Client.SetPropertyAsync(
            new SetRequest { Place = "~/mood", Value = "glad", IfVersion = 0 }, alice.Basic);
        var read = await alice.Client.GetPropertyAsync(new GetRequest { Place = "~/mood" }, alice.Basic);
        var same = await alice.Client.GetPropertyAsync(new GetRequest { Place = "~/mood", IfNot = read.Version }, alice.Basic);
        var many = await alice.Client.SetPropertyAsync(
            new SetRequest
            {
                Place = "~", Properties = { new Property { Path = "place", Value = "at home" }, new Property { Path = "tz", Value = "UTC" } },
            },
            alice.Basic);
        await alice.Client.DeletePropertyAsync(new DeleteRequest { Place = "~/mood" }, alice.Basic);
        var gone = await Refused(alice.Client.GetPropertyAsync(new GetRequest { Place = "~/mood" }, alice.Basic));

        Assert.Equal((written.Version, "glad", 200), (read.Version, read.Value, read.Code));
        Assert.Equal(304, same.Code);
        Assert.True(many.Version > written.Version);
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_refusal_carries_code_reason_and_parameters_in_its_details()
    {
        var alice = await node.NewUser("alice");
        var written = await alice.Client.SetPropertyAsync(new SetRequest { Place = "~/mood", Value = "glad" }, alice.Basic);

        var refused = await Refused(alice.Client.SetPropertyAsync(
            new SetRequest { Place = "~/mood", Value = "sad", IfVersion = 1 }, alice.Basic));
        var malformed = await Refused(alice.Client.SetPropertyAsync(
            new SetRequest { Place = "a b", Value = "x" }, alice.Basic));

        var info = refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal(StatusCode.Aborted, refused.StatusCode);
        Assert.Equal(("pip", "version-mismatch", "412"), (info.Domain, info.Reason, info.Metadata["code"]));
        Assert.Equal($"{written.Version}", info.Metadata["ver"]);
        Assert.Equal(StatusCode.InvalidArgument, malformed.StatusCode);
    }

    [Fact]
    public async Task Groups_are_made_joined_listed_left_and_destroyed()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        var group = $"group-of-{alice.Address}";
        var made = await alice.Client.CreateGroupAsync(new CreateRequest { Address = group, Join = "open", List = "members" }, alice.Basic);
        var joined = await bob.Client.JoinGroupAsync(new JoinRequest { Place = group }, bob.Basic);
        var members = await bob.Client.ListMembersAsync(new MembersRequest { Place = group }, bob.Basic);
        await bob.Client.LeaveGroupAsync(new LeaveRequest { Place = group }, bob.Basic);
        var left = await alice.Client.ListMembersAsync(new MembersRequest { Place = group }, alice.Basic);
        await alice.Client.DestroyGroupAsync(new DestroyRequest { Address = group }, alice.Basic);

        Assert.True(made.Version > 0);
        Assert.Equal("member", joined.State);
        Assert.Equal(2, members.Count);
        Assert.Contains(members.People, person => person.Who == bob.Address && person.Role == "member");
        Assert.Equal(1, left.Count);
    }

    [Fact]
    public async Task Access_is_listed_replaced_and_put_in_lists_of_people()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Client.SetAccessAsync(
            new SetAccessRequest
            {
                Place = "~/note", Entries = { new AccessEntry { Effect = "allow", Who = bob.Address, Rights = "read" } },
            },
            alice.Basic);
        var access = await alice.Client.GetAccessAsync(new GetAccessRequest { Place = "~/note" }, alice.Basic);
        await alice.Client.SetAccessAsync(new SetAccessRequest { Place = "~/note" }, alice.Basic);
        await alice.Client.BlockAsync(new BlockRequest { Who = bob.Address, Mode = BlockMode.Explicit }, alice.Basic);
        var blocked = await alice.Client.GetListsAsync(new ListsRequest(), alice.Basic);
        await alice.Client.UnblockAsync(new UnblockRequest { Who = bob.Address }, alice.Basic);
        var free = await alice.Client.GetListsAsync(new ListsRequest(), alice.Basic);

        var entry = Assert.Single(access.Entries, entry => entry.Who == bob.Address);
        Assert.Equal(("allow", "read"), (entry.Effect, entry.Rights));
        Assert.Equal((bob.Address, "block", "explicit"), (blocked.People[0].Who, blocked.People[0].List, blocked.People[0].Mode));
        Assert.Empty(free.People);
    }

    [Fact]
    public async Task A_list_of_recipients_is_answered_one_by_one()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        using var session = alice.Open();
        await session.Bind();
        await alice.Approve(bob);

        var sent = await bob.Client.SendMessageAsync(
            new SendRequest
            {
                To = { alice.Address, "nobody@elsewhere.example" }, MessageId = "m1", Body = ByteString.CopyFromUtf8("hello"),
            },
            bob.Basic);

        Assert.Equal(207, sent.Code);
        Assert.Equal(
            [(alice.Address, 202, "accepted"), ("nobody@elsewhere.example", 502, "no-service")],
            sent.Recipients.Select(one => (one.Address, one.Code, one.Reason)));
    }

    [Fact]
    public async Task Too_many_calls_of_one_user_are_refused_with_the_time_to_wait()
    {
        var alice = await node.NewUser("alice");
        var calls = await Task.WhenAll(Enumerable.Range(0, 210).Select(async _ =>
        {
            try
            {
                await alice.Client.GetPropertyAsync(new GetRequest { Place = "~" }, alice.Basic);
                return null;
            }
            catch (RpcException refused)
            {
                return refused;
            }
        }));

        var last = Assert.Single(calls.OfType<RpcException>().DistinctBy(one => one.Status.Detail));
        Assert.Equal(10, calls.OfType<RpcException>().Count());
        Assert.Equal(StatusCode.ResourceExhausted, last.StatusCode);
        Assert.Equal(1, last.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
    }

    [Fact]
    public async Task A_body_of_the_longest_size_passes_and_a_longer_one_is_refused()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        using var session = alice.Open();
        await session.Bind();

        var longest = await bob.Client.SendMessageAsync(Message(alice, "m1", 65_536), bob.Basic);
        var longer = await Refused(bob.Client.SendMessageAsync(Message(alice, "m2", 65_537), bob.Basic));
        var huge = await Refused(bob.Client.SendMessageAsync(Message(alice, "m3", 1_000_000), bob.Basic));
        var next = await bob.Client.SendMessageAsync(Message(alice, "m4", 1), bob.Basic);

        Assert.Equal(202, longest.Code);
        Assert.Equal("body-too-large", longer.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(StatusCode.ResourceExhausted, longer.StatusCode);
        // Beyond the limit of gRPC itself the server stops reading; whether the client still hears why is a race of HTTP/2.
        Assert.Contains(huge.StatusCode, (StatusCode[])[StatusCode.ResourceExhausted, StatusCode.Unknown, StatusCode.Internal, StatusCode.Unavailable]);
        Assert.Equal(202, next.Code);
        Assert.Equal(65_536, (await session.Event()).Message.Body.Length);
    }

    [Fact]
    public async Task Requests_may_be_compressed()
    {
        var alice = await node.NewUser("alice");
        var compressed = new Metadata { alice.Basic[0], { "grpc-internal-encoding-request", "gzip" } };
        await alice.Client.SetPropertyAsync(new SetRequest { Place = "~/mood", Value = new string('g', 3000) }, compressed);
        var read = await alice.Client.GetPropertyAsync(new GetRequest { Place = "~/mood" }, alice.Basic);
        Assert.Equal(3000, read.Value.Length);
    }

    [Fact]
    public async Task Watchers_are_listed_page_by_page()
    {
        var (alice, bob, carol) = (await node.NewUser("alice"), await node.NewUser("bob"), await node.NewUser("carol"));
        foreach (var watcher in (TestUser[])[bob, carol])
        {
            using var session = watcher.Open();
            await session.Bind();
            await session.Ask(new ClientFrame { Subscribe = new SubscribeRequest { Place = alice.Address, Id = "s1" } });
        }

        var first = await alice.Client.ListWatchersAsync(new WatchersRequest { Max = 1 }, alice.Basic);
        var second = await alice.Client.ListWatchersAsync(new WatchersRequest { Max = 1, After = first.Next }, alice.Basic);

        Assert.Equal((bob.Address, "pending", 1), (first.People[0].Who, first.People[0].State, first.Next));
        Assert.Equal((carol.Address, 0), (second.People[0].Who, second.Next));
    }

    [Fact]
    public async Task A_deadline_that_is_over_ends_the_call()
    {
        var alice = await node.NewUser("alice");
        var late = await Refused(alice.Client.GetPropertyAsync(
            new GetRequest { Place = "~" }, alice.Basic, deadline: DateTime.UnixEpoch, cancellationToken: Cancel));
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
    }

    private static SendRequest Message(TestUser to, string id, int octets) => new()
    {
        To = { to.Address }, MessageId = id, Type = "application/octet-stream", Body = ByteString.CopyFrom(new byte[octets]),
    };

    private static Duration Seconds(long seconds) => new() { Seconds = seconds };

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) =>
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
}
