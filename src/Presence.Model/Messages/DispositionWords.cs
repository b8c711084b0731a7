namespace Presence.Model.Messages;

/// <summary>Wire words of <see cref="Disposition"/> and <see cref="ReceiptWishes"/>.</summary>
public static class DispositionWords
{
    private const ReceiptWishes All = ReceiptWishes.Delivered | ReceiptWishes.Displayed | ReceiptWishes.Failed;

    /// <summary>By the number of what is wished.</summary>
    private static readonly string[] Lists = [.. Enumerable.Range(0, (int)All + 1).Select(wishes => Join((ReceiptWishes)wishes))];

    public static string Word(Disposition disposition) => disposition switch
    {
        Disposition.Delivered => "delivered",
        Disposition.Displayed => "displayed",
        _ => "failed",
    };

    public static bool TryParse(string word, out Disposition disposition)
    {
        disposition = word switch
        {
            "delivered" => Disposition.Delivered,
            "displayed" => Disposition.Displayed,
            "failed" => Disposition.Failed,
            _ => (Disposition)(-1),
        };
        return disposition >= 0;
    }

    /// <summary>Unknown words are ignored, so that later versions may add some.</summary>
    public static ReceiptWishes ParseWishes(string? list)
    {
        var wishes = ReceiptWishes.None;
        if (list is null)
            return wishes;
        foreach (var word in list.Split(','))
        {
            wishes |= word switch
            {
                "delivered" => ReceiptWishes.Delivered,
                "displayed" => ReceiptWishes.Displayed,
                "failed" => ReceiptWishes.Failed,
                _ => ReceiptWishes.None,
            };
        }

        return wishes;
    }

    /// <summary>The wire list, or null for none.</summary>
    public static string? Format(ReceiptWishes wishes) => wishes == ReceiptWishes.None ? null : Lists[(int)(wishes & All)];

    private static string Join(ReceiptWishes wishes) => string.Join(',', Enum.GetValues<ReceiptWishes>()
        .Where(wish => wish != ReceiptWishes.None && wishes.HasFlag(wish))
        .Select(wish => wish.ToString().ToLowerInvariant()));
}
