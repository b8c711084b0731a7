using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests.Admin;

[Collection(nameof(GrpcNode))]
public sealed class AdminTests(GrpcNode node)
{
    private readonly V1.Admin.AdminClient _admin = new(node.Channel());

    private Metadata Token => new() { { "authorization", $"Bearer {node.AdminToken}" } };

    [Fact]
    public async Task Whoever_has_no_token_gets_the_same_answer_whatever_he_asks()
    {
        var alice = await node.NewUser("alice");
        Metadata[] wrong =
        [
            [], alice.Basic, node.Issuer.Token(alice.Address, node.Clock.GetUtcNow(), TimeSpan.FromMinutes(5)),
            new() { { "authorization", $"Basic {node.AdminToken}" } },
            new() { { "presence-admin-token", node.AdminToken[1..] } },
        ];
        foreach (var credentials in wrong)
        {
            Assert.Equal("435 auth-failed", await Refused(_admin.GetStatisticsAsync(new Empty(), credentials)));
            Assert.Equal("435 auth-failed", await Refused(_admin.KickAsync(new KickRequest { Session = "x" }, credentials)));
            using var users = _admin.ListUsers(new ListUsersRequest(), credentials);
            var streamed = await Assert.ThrowsAsync<RpcException>(
                () => users.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.Equal((StatusCode.Unauthenticated, "435 auth-failed"), (streamed.StatusCode, streamed.Status.Detail));
        }
    }

    [Fact]
    public async Task The_token_may_come_as_a_metadatum_of_its_own()
    {
        var token = new Metadata { { "presence-admin-token", node.AdminToken } };
        Assert.Equal(["localhost"], (await _admin.ListDomainsAsync(new Empty(), token)).Hosted);
    }

    [Fact]
    public async Task A_user_is_added_listed_explained_and_removed()
    {
        var address = (await _admin.AddUserAsync(
            new AddUserRequest { Address = "Fresh@localhost", Password = "wonderland" }, Token)).Address;
        Assert.Equal("fresh@localhost", address);
        await _admin.SetPasswordAsync(new SetPasswordRequest { Address = address, Password = "builder" }, Token);
        var client = new V1.Presence.PresenceClient(node.Channel());
        Assert.Equal(200, (await client.GetPropertyAsync(new GetRequest(), TestUser.Credentials(address, "builder"))).Code);
        Assert.Contains(address, await Users());
        Assert.NotEmpty((await _admin.ExplainAsync(new ExplainRequest { Asker = address, User = address }, Token)).Lines);

        await _admin.RemoveUserAsync(new RemoveUserRequest { Address = address }, Token);

        Assert.DoesNotContain(address, await Users());
        var gone = await Assert.ThrowsAsync<RpcException>(() =>
            _admin.RemoveUserAsync(new RemoveUserRequest { Address = address }, Token).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_a_user_is_an_invalid_argument()
    {
        var bad = await Assert.ThrowsAsync<RpcException>(() =>
            _admin.AddUserAsync(new AddUserRequest { Address = "nobody", Password = "x" }, Token).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, bad.StatusCode);
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OrleansException))]
    public async Task Silos_that_do_not_answer_are_told_as_unavailable(System.Type fault)
    {
        node.Directory.Fault = (Exception)Activator.CreateInstance(fault)!;
        try
        {
            using var users = _admin.ListUsers(new ListUsersRequest(), Token);
            var streamed = await Assert.ThrowsAsync<RpcException>(
                () => users.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.Equal(StatusCode.Unavailable, streamed.StatusCode);
            var called = await Assert.ThrowsAsync<RpcException>(() => _admin.AddUserAsync(
                new AddUserRequest { Address = "late@localhost", Password = "wonderland" }, Token).ResponseAsync);
            Assert.Equal(
                (StatusCode.Unavailable, "503 overloaded: the silos do not answer in time; try again"),
                (called.StatusCode, called.Status.Detail));
        }
        finally
        {
            node.Directory.Fault = null;
        }
    }

    [Fact]
    public async Task A_session_is_listed_over_both_doors_and_kicked()
    {
        var alice = await node.NewUser("alice");
        using var session = alice.Open();
        var bound = await session.Bind();

        var told = await Sessions(alice.Address);
        Assert.Equal((bound.Session, bound.Endpoint, "grpc"), (told[0].Id, told[0].Endpoint, told[0].Transport));
        using var http = node.Http();
        using var listed = JsonDocument.Parse(await http.GetStringAsync(
            $"/admin/sessions?user={alice.Address}", TestContext.Current.CancellationToken));
        Assert.Equal(bound.Session, listed.RootElement.GetProperty("sessions")[0].GetProperty("id").GetString());

        Assert.Equal(1, (await _admin.KickAsync(new KickRequest { User = alice.Address }, Token)).Count);

        var kicked = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
                await session.Read();
        });
        Assert.Equal((StatusCode.Aborted, "421 deactivated"), (kicked.StatusCode, kicked.Status.Detail));
        Assert.Empty(await Sessions(alice.Address));
        using var again = await http.DeleteAsync($"/admin/sessions/{bound.Session}", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)again.StatusCode);
    }

    [Fact]
    public async Task What_is_known_of_a_user_is_exported_over_both_doors_and_erased()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        using var session = alice.Open();
        await session.Bind();
        await session.Ask(
            new ClientFrame { Subscribe = new SubscribeRequest { Place = $"{bob.Address}/status", Id = "w1" } });

        var watcher = Assert.Single(await Watchers(bob.Address));
        Assert.Equal((alice.Address, "w1", "status", "pending"), (watcher.Watcher, watcher.Id, watcher.Path, watcher.State));
        var known = await Export(alice.Address);
        Assert.Contains(known, item => item.What == "account");
        Assert.Contains(known, item => item.What == "watches" && item.Name == $"{bob.Address}/status");
        using var http = node.Http();
        using var told = JsonDocument.Parse(await http.GetStringAsync(
            $"/admin/users/{alice.Address}/export", TestContext.Current.CancellationToken));
        Assert.Equal(known.Count, told.RootElement.GetProperty("items").GetArrayLength());
        using var listed = JsonDocument.Parse(await http.GetStringAsync(
            $"/admin/users/{bob.Address}/watchers", TestContext.Current.CancellationToken));
        Assert.Equal(alice.Address, listed.RootElement.GetProperty("watchers")[0].GetProperty("watcher").GetString());

        var done = await _admin.EraseUserAsync(new EraseUserRequest { Address = alice.Address }, Token);

        Assert.Equal((known.Count, 1), (done.Items, done.Others));
        Assert.Empty(await Watchers(bob.Address));
        Assert.DoesNotContain(await Export(bob.Address), item => item.Name.Contains(alice.Address, StringComparison.Ordinal));
        var gone = await Assert.ThrowsAsync<RpcException>(() => Export(alice.Address));
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
        using var again = await http.PostAsync(
            $"/admin/users/{alice.Address}/erase", null, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)again.StatusCode);
    }

    [Fact]
    public async Task What_is_announced_over_either_door_reaches_a_session()
    {
        var alice = await node.NewUser("alice");
        using var session = alice.Open();
        await session.Bind();

        Assert.InRange((await _admin.AnnounceAsync(new AnnounceRequest { Text = "tea" }, Token)).Count, 1, int.MaxValue);
        using var http = node.Http();
        using var said = await http.PostAsync(
            "/admin/announce", JsonContent.Create(new { text = "cake" }), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)said.StatusCode);

        foreach (var word in new[] { "tea", "cake" })
        {
            var told = await session.Event();
            Assert.Equal("INFO", told.Other.Verb);
            Assert.Contains(told.Extra, parameter => parameter.Name == "text" && parameter.Value == word);
        }

        var bad = await Assert.ThrowsAsync<RpcException>(
            () => _admin.AnnounceAsync(new AnnounceRequest(), Token).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, bad.StatusCode);
    }

    [Fact]
    public async Task Statistics_tell_what_is_there_and_what_was_done()
    {
        var alice = await node.NewUser("alice");
        using var session = alice.Open();
        await session.Bind();

        var told = await _admin.GetStatisticsAsync(new Empty(), Token);

        Assert.True(told is { Sessions: > 0, Users: > 0, Connections: > 0, Requests: > 0, Draining: false });
    }

    private async Task<List<SessionInfo>> Sessions(string user)
    {
        using var call = _admin.ListSessions(new ListSessionsRequest { User = user }, Token);
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(
            TestContext.Current.CancellationToken);
    }

    private async Task<List<ExportedItem>> Export(string user)
    {
        using var call = _admin.ExportUser(new ExportUserRequest { Address = user }, Token);
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(
            TestContext.Current.CancellationToken);
    }

    private async Task<List<WatcherInfo>> Watchers(string user)
    {
        using var call = _admin.ListWatchers(new AdminListWatchersRequest { Address = user }, Token);
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(
            TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> Users()
    {
        using var call = _admin.ListUsers(new ListUsersRequest { Domain = "localhost" }, Token);
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken)
            .Select(user => user.Address).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> Refused<T>(AsyncUnaryCall<T> call) =>
        (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).Status.Detail;
}
