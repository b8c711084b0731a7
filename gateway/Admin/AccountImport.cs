using Presence.Model.Accounts;
using Presence.Sessions;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>Makes many accounts from a text of lines.</summary>
internal sealed class AccountImport(IUserAccounts accounts, VerifierDerivation verifiers, HostedDomains domains)
{
    // Bounds the memory, and spares the directory: a bucket is written once for all names of a batch in it.
    private const int BatchLines = 4096;
    private const int InFlight = 64;

    // While the accounts of one chunk are written, the keys of the next are derived.
    private static readonly int ChunksInWork = 2 * Environment.ProcessorCount;

    /// <summary>Reads to the end. What is added stays added if the reader fails or the caller gives up.</summary>
    public async Task<ImportReport> Run(TextReader text, CancellationToken cancellation)
    {
        var tally = new ImportTally();
        var batch = new List<(ImportLine Line, NewAccount Account)>(BatchLines);
        var number = 0;
        while (await text.ReadLineAsync(cancellation) is { } line)
        {
            number++;
            Take(ImportLine.Of(number, number == 1 ? line.TrimStart('\uFEFF') : line), batch, tally);
            if (batch.Count == BatchLines)
                await Add(batch, tally, cancellation);
        }

        await Add(batch, tally, cancellation);
        return tally.Report();
    }

    private void Take(ImportLine line, List<(ImportLine Line, NewAccount Account)> batch, ImportTally tally)
    {
        if (line.Address.Length == 0 && string.IsNullOrWhiteSpace(line.Password))
            return;
        if (NewAccount.TryRead(line.Address, line.Password, domains, out var account, out var why))
            batch.Add((line, account));
        else
            tally.Refuse(line.Refuse(why));
    }

    private async Task Add(
        List<(ImportLine Line, NewAccount Account)> batch, ImportTally tally, CancellationToken cancellation)
    {
        await accounts.Announce([.. batch.Select(one => one.Account.User)]);
        await Create(await New(batch, tally, cancellation), tally, cancellation);
        batch.Clear();
    }

    /// <summary>Asking first makes a second run over the same list cheap: PBKDF2 is what costs.</summary>
    private async Task<IEnumerable<(ImportLine Line, NewAccount Account)>> New(
        List<(ImportLine Line, NewAccount Account)> batch, ImportTally tally, CancellationToken cancellation)
    {
        var exists = new bool[batch.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation };
        await Parallel.ForAsync(0, batch.Count, limits, async (at, _) =>
        {
            exists[at] = await accounts.Exists(batch[at].Account.User);
            if (exists[at])
                tally.Exists();
        });
        return batch.Where((_, at) => !exists[at]);
    }

    private async Task Create(
        IEnumerable<(ImportLine Line, NewAccount Account)> batch, ImportTally tally, CancellationToken cancellation)
    {
        using var inFlight = new SemaphoreSlim(InFlight);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = ChunksInWork, CancellationToken = cancellation };
        await Parallel.ForEachAsync(batch.Chunk(ScramVerifier.BatchSize), limits, async (chunk, cancelled) =>
        {
            var made = await verifiers.DeriveMany(chunk.Select(one => one.Account.PreparedPassword), cancelled);
            await Task.WhenAll(chunk.Zip(made, async (one, verifier) =>
            {
                await inFlight.WaitAsync(cancelled);
                try
                {
                    await Create(one.Line, one.Account, verifier, tally);
                }
                finally
                {
                    inFlight.Release();
                }
            }));
        });
    }

    private async Task Create(ImportLine line, NewAccount account, ScramVerifier verifier, ImportTally tally)
    {
        var refusal = await accounts.Create(account.User, verifier);
        if (refusal is null)
            tally.Add();
        else if (refusal.Code == StatusCodes.Status409Conflict)
            tally.Exists();
        else
            tally.Refuse(line.Refuse($"The node answered {refusal.Code} {refusal.Reason}."));
    }
}
