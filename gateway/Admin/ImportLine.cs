namespace Presence.Gateway.Admin;

/// <summary>One line of an import: address, one space, and the rest is the password, which may hold spaces.</summary>
internal readonly record struct ImportLine(int Number, string Address, string? Password)
{
    private const int MaxShown = 320;

    public static ImportLine Of(int number, string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0
            ? new ImportLine(number, text, null)
            : new ImportLine(number, text[..space], text[(space + 1)..]);
    }

    public RefusedLine Refuse(string why) =>
        new(Number, Address.Length > MaxShown ? Address[..MaxShown] : Address, why);

    /// <summary>Number and address only: the password must not reach a log by way of a formatted record.</summary>
    public override string ToString() => $"{Number} {Address}";
}
