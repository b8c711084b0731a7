namespace Presence.Model.Accounts;

/// <summary>
/// A portable vector of 32-bit words, each of which belongs to a computation of its own. The framework's vectors have
/// no public interface in common, so each width has a thin type around it.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    static abstract TSelf operator >>>(TSelf words, int count);

    static abstract TSelf RotateRight(TSelf words, int count);

    /// <summary>The bits of <paramref name="whenSet"/> where the condition has ones, else of the other.</summary>
    static abstract TSelf Select(TSelf condition, TSelf whenSet, TSelf whenClear);
}
