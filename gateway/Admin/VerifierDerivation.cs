using System.Security.Cryptography;
using Presence.Gateway.Options;
using Presence.Model.Accounts;

namespace Presence.Gateway.Admin;

/// <summary>
/// Derives verifiers on all cores, but no more at once: PBKDF2 is milliseconds of pure computing, and more of it would
/// starve the sessions of threads.
/// </summary>
internal sealed class VerifierDerivation(AccountOptions options) : IDisposable
{
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);

    public async Task<ScramVerifier> Derive(string preparedPassword, CancellationToken cancellation)
    {
        await _cores.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Derive(preparedPassword), cancellation);
        }
        finally
        {
            _cores.Release();
        }
    }

    public void Dispose() => _cores.Dispose();

    private ScramVerifier Derive(string preparedPassword) => ScramVerifier.Derive(
        preparedPassword, RandomNumberGenerator.GetBytes(ScramVerifier.SaltLength), options.Iterations);
}
