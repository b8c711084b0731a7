namespace Presence.Sessions.Delivery;

/// <summary>
/// Nodes of lists that are no longer needed, for the next that are: what is told to thousands and acknowledged allocates nothing
/// (<c>bench micro --filter '*Fanout*'</c>). Each thread has its own, so nothing is locked.
/// </summary>
internal static class SpareNodes<T>
{
    /// <summary>Nodes that a thread keeps at most: 1 024, less than 100 KiB.</summary>
    private const int Most = 1024;

    [ThreadStatic]
    private static Stack<LinkedListNode<T>>? _spare;

    public static LinkedListNode<T> Take(T value)
    {
        if (_spare?.TryPop(out var node) != true)
            return new LinkedListNode<T>(value);
        node!.Value = value;
        return node;
    }

    /// <param name="node">In no list, and looked at by nobody any more.</param>
    public static void Give(LinkedListNode<T> node)
    {
        node.Value = default!;
        var spare = _spare ??= new Stack<LinkedListNode<T>>();
        if (spare.Count < Most)
            spare.Push(node);
    }
}
