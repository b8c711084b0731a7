using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests;

[Collection(nameof(GrpcNode))]
public sealed class CredentialTests(GrpcNode node)
{
    [Fact]
    public async Task The_local_part_alone_names_a_user_of_the_first_domain()
    {
        var alice = await node.NewUser("alice");
        var credentials = TestUser.Credentials(alice.Address.Split('@')[0], GrpcNode.Password);
        Assert.Equal(200, (await alice.Client.GetPropertyAsync(new GetRequest(), credentials)).Code);
    }

    [Fact]
    public async Task The_same_service_is_behind_tls_on_the_port_of_pip()
    {
        var alice = await node.NewUser("alice");
        var client = new V1.Presence.PresenceClient(node.TlsChannel());
        Assert.Equal(200, (await client.GetPropertyAsync(new GetRequest(), alice.Basic)).Code);
    }

    [Fact]
    public async Task Wrong_credentials_do_not_tell_what_is_wrong_with_them()
    {
        var alice = await node.NewUser("alice");
        Metadata[] wrong =
        [
            TestUser.Credentials(alice.Address, "wrong"),
            TestUser.Credentials("nobody@localhost", GrpcNode.Password),
            TestUser.Credentials("alice@elsewhere.example", GrpcNode.Password),
            TestUser.Credentials("no address at all", GrpcNode.Password),
            new() { { "authorization", "Basic !!!" } },
            new() { { "authorization", "Basic bm9jb2xvbg==" } },
            new() { { "authorization", "Bearer no-token" } },
            new() { { "authorization", "Digest x" } },
        ];

        foreach (var credentials in wrong)
        {
            var unary = await Refused(alice, credentials);
            Assert.Equal((StatusCode.Unauthenticated, "435 auth-failed"), (unary.StatusCode, unary.Status.Detail));
            Assert.Equal(["code"], unary.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata.Keys);
            using var stream = alice.Client.Session(credentials, cancellationToken: TestContext.Current.CancellationToken);
            var streamed = await Assert.ThrowsAsync<RpcException>(
                () => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.Equal(unary.Status.Detail, streamed.Status.Detail);
        }
    }

    [Fact]
    public async Task Without_credentials_conveniences_are_refused()
    {
        var alice = await node.NewUser("alice");
        var refused = await Refused(alice, []);
        Assert.Equal((StatusCode.Unauthenticated, "401 auth-required"), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Health_is_told_to_everybody()
    {
        var health = new Health.HealthClient(node.Channel());
        var answer = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Reflection_lists_the_service()
    {
        var reflection = new ServerReflection.ServerReflectionClient(node.Channel());
        using var call = reflection.ServerReflectionInfo(cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Contains(
            "presence.v1.Presence", call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name));
    }

    private static async Task<RpcException> Refused(TestUser user, Metadata credentials) =>
        await Assert.ThrowsAsync<RpcException>(() => user.Client.GetPropertyAsync(new GetRequest(), credentials).ResponseAsync);
}
