using Presence.Sessions;

namespace Presence.Gateway.Admin;

/// <summary>Makes many accounts from a text of lines.</summary>
internal sealed class AccountImport(IUserAccounts accounts, VerifierDerivation verifiers, HostedDomains domains)
{
    // Bounds the memory, and spares the directory: a bucket is written once for all names of a batch in it.
    private const int BatchLines = 4096;
    private const int InFlight = 64;

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
        var limits = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation };
        await Parallel.ForEachAsync(batch, limits, async (one, cancelled) =>
            await Add(one.Line, one.Account, tally, cancelled));
        batch.Clear();
    }

    private async Task Add(ImportLine line, NewAccount account, ImportTally tally, CancellationToken cancellation)
    {
        // Asking first makes a second run over the same list cheap: PBKDF2 is what costs.
        if (await accounts.Exists(account.User))
        {
            tally.Exists();
            return;
        }

        var verifier = await verifiers.Derive(account.PreparedPassword, cancellation);
        var refusal = await accounts.Create(account.User, verifier);
        if (refusal is null)
            tally.Add();
        else if (refusal.Code == StatusCodes.Status409Conflict)
            tally.Exists();
        else
            tally.Refuse(line.Refuse($"The node answered {refusal.Code} {refusal.Reason}."));
    }
}
