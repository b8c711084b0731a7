using System.Security.Cryptography;
using Grpc.Core;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests;

[Collection(nameof(GrpcNode))]
public sealed class TokenTests(GrpcNode node)
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private DateTimeOffset Now => node.Clock.GetUtcNow();

    [Fact]
    public async Task A_good_token_stands_for_its_user()
    {
        var alice = await node.NewUser("alice");
        var token = node.Issuer.Token(alice.Address, Now, FiveMinutes);
        var byLocalPart = node.Issuer.Token(alice.Address.Split('@')[0], Now, FiveMinutes);

        Assert.Equal(200, (await alice.Client.GetPropertyAsync(new GetRequest(), token)).Code);
        Assert.Equal(200, (await alice.Client.GetPropertyAsync(new GetRequest(), byLocalPart)).Code);
        using var session = new OpenSession(
            alice.Client.Session(token, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(alice.Address, (await session.Greeting()).Greeting.User);
    }

    [Fact]
    public async Task A_token_that_is_wrong_in_anything_is_refused_in_the_same_words()
    {
        var alice = await node.NewUser("alice");
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Metadata[] wrong =
        [
            node.Issuer.Token(alice.Address, Now - TimeSpan.FromMinutes(6), FiveMinutes),
            node.Issuer.Token(alice.Address, Now + TimeSpan.FromMinutes(1), FiveMinutes),
            node.Issuer.Token(alice.Address, Now, FiveMinutes, issuer: "https://other.example"),
            node.Issuer.Token(alice.Address, Now, FiveMinutes, audience: "mail"),
            node.Issuer.Token(alice.Address, Now, FiveMinutes, key: foreign),
            node.Issuer.Token("nobody@localhost", Now, FiveMinutes),
            node.Issuer.Token("alice@elsewhere.example", Now, FiveMinutes),
            TokenIssuer.TokenBySecret(alice.Address, Now, RandomNumberGenerator.GetBytes(32)),
            TokenIssuer.Unsigned(alice.Address, Now),
            new() { { "authorization", "Bearer a.b.c" } },
            new() { { "authorization", "Bearer " + new string('x', 10_000) } },
        ];

        foreach (var token in wrong)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(
                () => alice.Client.GetPropertyAsync(new GetRequest(), token).ResponseAsync);
            Assert.Equal((StatusCode.Unauthenticated, "435 auth-failed"), (refused.StatusCode, refused.Status.Detail));
        }
    }

    [Fact]
    public async Task Clocks_may_differ_by_the_skew_and_no_more()
    {
        var alice = await node.NewUser("alice");
        var justOver = node.Issuer.Token(alice.Address, Now - FiveMinutes - TimeSpan.FromSeconds(29), FiveMinutes);

        Assert.Equal(200, (await alice.Client.GetPropertyAsync(new GetRequest(), justOver)).Code);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RpcException>(() => alice.Client.GetPropertyAsync(new GetRequest(), justOver).ResponseAsync);
    }
}
