namespace Presence.Grains;

/// <summary>A state that is replaced as a whole, or stays what it was.</summary>
internal static class WholeWrite
{
    /// <summary>
    /// Stores the next state. If it cannot be stored, the one before it stands again, <paramref name="failed"/> is run for who
    /// believes already what could not be stored, and the caller gets the exception.
    /// </summary>
    public static async Task Write<T>(this IPersistentState<T> record, T next, Action? failed = null)
    {
        var before = record.State;
        try
        {
            record.State = next;
            await record.WriteStateAsync();
        }
        catch
        {
            record.State = before;
            failed?.Invoke();
            throw;
        }
    }
}
