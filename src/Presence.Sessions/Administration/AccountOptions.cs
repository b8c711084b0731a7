using Presence.Model.Accounts;

namespace Presence.Sessions.Administration;

/// <summary>How accounts are made. Configuration section <c>Presence:Accounts</c>.</summary>
public sealed class AccountOptions
{
    public const string Section = "Presence:Accounts";

    /// <summary>
    /// PBKDF2 iterations of new passwords: 4 096–1 000 000, default 10 000. Each login costs the client as many.
    /// </summary>
    public int Iterations { get; init; } = ScramVerifier.DefaultIterations;

    /// <summary>
    /// 64 hexadecimal digits, a secret: makes unknown accounts look like wrong passwords. All gateways of a cluster need the same
    /// one, or an account could be told by asking two of them. Default: one of its own in the data folder.
    /// </summary>
    public string UnknownSalt { get; init; } = "";
}
