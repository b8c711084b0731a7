using Presence.Contracts;
using Presence.Contracts.Accounts;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Accounts;

namespace Presence.Grains.Tests.Accounts;

public sealed class AccountTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly ScramVerifier Verifier = Of("secret");

    [Fact]
    public async Task An_account_brings_its_node_and_keeps_its_verifier()
    {
        var (bob, account) = NewAccount();

        Assert.Null(await account.Create(Verifier));

        Assert.Equal("user", await bob.Get("kind"));
        Assert.Equal(Verifier, await account.GetVerifier());
        await Silo.Deactivate(account);
        Assert.True((await account.GetVerifier())!.Matches("secret"));
    }

    [Fact]
    public async Task An_account_that_exists_is_not_made_again()
    {
        var (_, account) = NewAccount();
        await account.Create(Verifier);

        Assert.Equal(409, (await account.Create(Of("other")))?.Code);
        Assert.Equal(Verifier, await account.GetVerifier());
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        var (_, account) = NewAccount();
        await account.Create(Verifier);

        Assert.Null(await account.ChangePassword(Of("other")));

        await Silo.Deactivate(account);
        Assert.True((await account.GetVerifier())!.Matches("other"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var (_, account) = NewAccount();

        Assert.Null(await account.GetVerifier());
        Assert.Equal(404, (await account.ChangePassword(Verifier))?.Code);
        Assert.Equal(404, (await account.Remove())?.Code);
    }

    private (Person Person, IAccountGrain Account) NewAccount()
    {
        var person = Silo.Nobody();
        return (person, Silo.Client.GetAccount(person.Address));
    }

    private static ScramVerifier Of(string password) =>
        ScramVerifier.Derive(password, "0123456789abcdef"u8, ScramVerifier.MinIterations);
}
