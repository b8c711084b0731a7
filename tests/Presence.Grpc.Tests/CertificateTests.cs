using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests;

[Collection(nameof(GrpcNode))]
public sealed class CertificateTests(GrpcNode node)
{
    [Fact]
    public async Task A_certificate_of_a_known_authority_stands_for_the_address_that_it_names()
    {
        var alice = await node.NewUser("alice");
        using var byMail = node.Authority.Issue(names => names.AddEmailAddress(alice.Address));
        using var byUri = node.Authority.Issue(names => names.AddUri(new Uri($"pip:{alice.Address}")));

        Assert.Equal(alice.Address, await Whoami(byMail));
        Assert.Equal(alice.Address, await Whoami(byUri));
        Assert.Equal(200, (await Client(byMail).GetPropertyAsync(new GetRequest())).Code);
    }

    [Fact]
    public async Task A_pinned_certificate_needs_no_authority()
    {
        await node.NewUser(GrpcNode.PinnedUser, isOnly: true);
        Assert.Equal($"{GrpcNode.PinnedUser}@localhost", await Whoami(node.Pinned));
    }

    [Fact]
    public async Task Without_a_certificate_all_is_as_it_was()
    {
        var alice = await node.NewUser("alice");
        Assert.Equal(200, (await Client(null).GetPropertyAsync(new GetRequest(), alice.Basic)).Code);
        Assert.Equal("401 auth-required", await Refused(null));
    }

    [Fact]
    public async Task Credentials_of_the_call_go_before_the_certificate()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        using var certificate = node.Authority.Issue(names => names.AddEmailAddress(alice.Address));
        Assert.Equal(bob.Address, await Whoami(certificate, bob.Basic));
    }

    [Fact]
    public async Task A_certificate_of_a_user_without_an_account_is_as_wrong_credentials()
    {
        using var unknown = node.Authority.Issue(names => names.AddEmailAddress("nobody@localhost"));
        using var foreign = node.Authority.Issue(names => names.AddEmailAddress("alice@elsewhere.example"));
        Assert.Equal("435 auth-failed", await Refused(unknown));
        Assert.Equal("435 auth-failed", await Refused(foreign));
    }

    [Fact]
    public async Task A_wrong_certificate_is_as_none_and_does_not_tell_what_is_wrong_with_it()
    {
        var alice = await node.NewUser("alice");
        using var other = new ClientAuthority();
        X509Certificate2[] wrong =
        [
            other.Issue(names => names.AddEmailAddress(alice.Address)),
            ClientAuthority.SelfSigned(names => names.AddEmailAddress(alice.Address)),
            node.Authority.Issue(names => names.AddEmailAddress("localhost")),
            node.Authority.Issue(names => names.AddDnsName("alice.example")),
            node.Authority.Issue(names => names.AddEmailAddress(alice.Address), age: TimeSpan.FromHours(5)),
            node.Authority.Issue(names => names.AddEmailAddress(alice.Address), isForServers: true),
            node.Authority.Issue(names =>
            {
                names.AddEmailAddress(alice.Address);
                names.AddEmailAddress("bob@localhost");
            }),
        ];

        foreach (var certificate in wrong)
        {
            Assert.Equal("401 auth-required", await Refused(certificate));
            certificate.Dispose();
        }
    }

    private V1.Presence.PresenceClient Client(X509Certificate2? certificate) => new(node.TlsChannel(certificate));

    /// <summary>Whom the node takes the caller for.</summary>
    private async Task<string> Whoami(X509Certificate2? certificate, Metadata? credentials = null)
    {
        using var session = new OpenSession(Client(certificate).Session(
            credentials, cancellationToken: TestContext.Current.CancellationToken));
        return (await session.Greeting()).Greeting.User;
    }

    private async Task<string> Refused(X509Certificate2? certificate)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => Client(certificate).GetPropertyAsync(new GetRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        return refused.Status.Detail;
    }
}
