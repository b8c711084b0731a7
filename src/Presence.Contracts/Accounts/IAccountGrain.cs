using Presence.Model.Accounts;
using Presence.Model.Replies;

namespace Presence.Contracts.Accounts;

/// <summary>
/// The credentials of one user: SCRAM verifiers only, never a password. Key: <see cref="NodeKey"/>. Apart from the user
/// grain so that guessing passwords wakes nothing else.
/// </summary>
[Alias("presence.account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Makes account and user node; 409 if the account exists.</summary>
    [Alias("create")]
    Task<Refusal?> Create(ScramVerifier verifier);

    /// <summary>404 if there is no such account.</summary>
    [Alias("change-password")]
    Task<Refusal?> ChangePassword(ScramVerifier verifier);

    /// <summary>Null if there is no such account.</summary>
    [Alias("verifier")]
    Task<ScramVerifier?> GetVerifier();

    /// <summary>Takes out account and user node; 404 if there is no such account.</summary>
    [Alias("remove")]
    Task<Refusal?> Remove();
}
