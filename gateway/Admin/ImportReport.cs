namespace Presence.Gateway.Admin;

/// <summary>What became of an import.</summary>
/// <param name="Added">Accounts made.</param>
/// <param name="Existing">Accounts that were there already and stay as they are, passwords too.</param>
/// <param name="Refused">Lines not taken, in their order; at most <see cref="MaxRefused"/> are listed.</param>
/// <param name="RefusedCount">How many lines were not taken, listed or not.</param>
internal sealed record ImportReport(
    int Added, int Existing, IReadOnlyList<RefusedLine> Refused, int RefusedCount)
{
    /// <summary>A body that is all errors must not be answered with one many times its size.</summary>
    public const int MaxRefused = 10_000;
}

/// <param name="Line">From 1.</param>
/// <param name="Address">As it was written, at most 320 characters of it.</param>
/// <param name="Why">A sentence for people.</param>
internal sealed record RefusedLine(int Line, string Address, string Why);
