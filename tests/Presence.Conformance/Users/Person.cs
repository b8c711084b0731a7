namespace Presence.Conformance.Users;

/// <summary>An account of the server under test.</summary>
/// <param name="Role">Its name in the text of a check: alice, bob.</param>
/// <param name="Name">The name it logs in with.</param>
internal sealed record Person(string Role, string Name, string Password, string Domain)
{
    public string Address => $"{Name}@{Domain}";

    /// <summary>The address, so that people can stand in the text of requests.</summary>
    public override string ToString() => Address;
}
