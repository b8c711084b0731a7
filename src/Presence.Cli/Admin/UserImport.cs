namespace Presence.Cli.Admin;

/// <summary>Sends an import file in batches, so that neither side holds more than one of them.</summary>
internal sealed class UserImport(AdminApi api, Action<ImportLine, string> refused)
{
    public const int BatchSize = 1000;

    private readonly List<ImportLine> _batch = new(BatchSize);

    public int Added { get; private set; }

    public int Existing { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The last line that the node has answered for; 0 at first.</summary>
    public int LastLine { get; private set; }

    public async Task Run(TextReader reader, CancellationToken cancellation)
    {
        await foreach (var line in ImportLines.Read(reader, cancellation))
        {
            if (line.Fault is { } fault)
            {
                Refuse(line, fault);
                continue;
            }

            _batch.Add(line);
            if (_batch.Count == BatchSize)
                await Send(cancellation);
        }

        if (_batch.Count > 0)
            await Send(cancellation);
    }

    private async Task Send(CancellationToken cancellation)
    {
        var answer = await api.Import(_batch.Select(line => line.Text), cancellation);
        Added += answer.Added;
        Existing += answer.Existing;
        foreach (var bad in answer.Refused ?? [])
        {
            // The node counts within the batch.
            if (bad.Line >= 1 && bad.Line <= _batch.Count)
                Refuse(_batch[bad.Line - 1], bad.Why ?? "refused");
        }

        LastLine = _batch[^1].Number;
        _batch.Clear();
    }

    private void Refuse(ImportLine line, string why)
    {
        Refused++;
        refused(line, why);
    }
}
