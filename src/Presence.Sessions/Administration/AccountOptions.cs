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
}
