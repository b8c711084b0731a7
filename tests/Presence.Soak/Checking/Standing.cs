namespace Presence.Soak.Checking;

internal enum Block
{
    None,
    Polite,
    Explicit,
}

/// <summary>How one user stands with an owner.</summary>
/// <param name="Granted">Approved: presence may be watched, messages may come.</param>
/// <param name="Open">The owner's property color may be watched by everybody.</param>
internal readonly record struct Standing(bool Granted, bool Open, Block Block)
{
    /// <summary>The right to status and note.</summary>
    public bool SeesPresence => Granted && Block == Block.None;

    public bool SeesColor => Open && Block == Block.None;

    public bool Sees(string property) => property == Properties.Color ? SeesColor : SeesPresence;
}

/// <summary>What an owner may do about it.</summary>
internal enum Decision
{
    Approve,
    DenyPolitely,
    DenyExplicitly,
    BlockPolitely,
    BlockExplicitly,
    Unblock,
    Open,
    Close,
}
