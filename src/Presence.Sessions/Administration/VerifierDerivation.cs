using System.Security.Cryptography;
using Presence.Model.Accounts;

namespace Presence.Sessions.Administration;

/// <summary>
/// Derives verifiers on all cores, but no more at once: PBKDF2 is milliseconds of pure computing, and more of it would
/// starve the sessions of threads.
/// </summary>
public sealed class VerifierDerivation(AccountOptions options) : IDisposable
{
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);

    public Task<ScramVerifier> Derive(string preparedPassword, CancellationToken cancellation) => OnACore(
        () => Task.Run(() => ScramVerifier.Derive(preparedPassword, NewSalt(), options.Iterations), cancellation),
        cancellation);

    /// <summary>
    /// One core's work for many passwords, best <see cref="ScramVerifier.BatchSize"/> of them; in their order.
    /// </summary>
    public Task<IReadOnlyList<ScramVerifier>> DeriveMany(
        IEnumerable<string> preparedPasswords, CancellationToken cancellation)
    {
        var salted = preparedPasswords.Select(password => (password, NewSalt())).ToList();

        // Tens of milliseconds: a thread of its own shares the core with the sessions, one of the pool would not.
        return OnACore(
            () => Task.Factory.StartNew(
                () => ScramVerifier.DeriveMany(salted, options.Iterations),
                cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            cancellation);
    }

    public void Dispose() => _cores.Dispose();

    private static byte[] NewSalt() => RandomNumberGenerator.GetBytes(ScramVerifier.SaltLength);

    private async Task<T> OnACore<T>(Func<Task<T>> derivation, CancellationToken cancellation)
    {
        await _cores.WaitAsync(cancellation);
        try
        {
            return await derivation();
        }
        finally
        {
            _cores.Release();
        }
    }
}
