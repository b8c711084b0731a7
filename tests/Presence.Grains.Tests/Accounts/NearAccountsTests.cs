using Presence.Contracts;
using Presence.Contracts.Accounts;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Accounts;
using Presence.Model.Addresses;

namespace Presence.Grains.Tests.Accounts;

/// <summary>What a gateway in the silo's process knows of accounts without a call is what their grains would say.</summary>
public sealed class NearAccountsTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly ScramVerifier Verifier = Of("secret");

    [Fact]
    public async Task An_account_in_memory_needs_no_call()
    {
        var (user, account) = NewAccount();
        Assert.False(Silo.Accounts.TryGetVerifier(user, out _));
        await account.Create(Verifier);

        Assert.True(Silo.Accounts.TryGetVerifier(user, out var known));
        Assert.Equal(Verifier, known);
    }

    [Fact]
    public async Task A_new_password_is_known_when_it_is_confirmed()
    {
        var (user, account) = NewAccount();
        await account.Create(Verifier);

        await account.ChangePassword(Of("other"));

        Assert.True(Silo.Accounts.TryGetVerifier(user, out var known));
        Assert.True(known!.Matches("other"));
    }

    [Fact]
    public async Task An_account_that_was_taken_out_is_known_to_be_none()
    {
        var (user, account) = NewAccount();
        await account.Create(Verifier);

        await account.Remove();

        Assert.True(Silo.Accounts.TryGetVerifier(user, out var known));
        Assert.Null(known);
    }

    [Fact]
    public async Task A_name_that_nobody_has_costs_what_an_account_costs()
    {
        var (user, account) = NewAccount();
        Assert.Null(await account.GetVerifier());

        Assert.True(Silo.Accounts.TryGetVerifier(user, out var known));
        Assert.Null(known);
    }

    [Fact]
    public async Task An_account_that_has_left_memory_is_asked_and_then_known_again()
    {
        var (user, account) = NewAccount();
        await account.Create(Verifier);
        await Silo.Deactivate(account);

        Assert.False(Silo.Accounts.TryGetVerifier(user, out _));
        await account.GetVerifier();

        Assert.True(Silo.Accounts.TryGetVerifier(user, out var known));
        Assert.Equal(Verifier, known);
    }

    private (Address User, IAccountGrain Account) NewAccount()
    {
        var user = Silo.Nobody().Address;
        return (user, Silo.Client.GetAccount(user));
    }

    private static ScramVerifier Of(string password) =>
        ScramVerifier.Derive(password, "0123456789abcdef"u8, ScramVerifier.MinIterations);
}
