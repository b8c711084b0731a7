namespace Presence.Grains.Users;

/// <summary>
/// Keeps the messages that wait for their recipient. What cannot be stored has not happened: the caller gets the exception, and the
/// activation goes with all that it believes to wait, so that the next one reads what is true.
/// </summary>
internal sealed class WaitingStore(IPersistentState<RequestRecord> record, Action deactivate)
{
    public RequestRecord State => record.State;

    public Task Clear() => record.RecordExists ? record.ClearStateAsync() : Task.CompletedTask;

    public Task Write(RequestRecord next) => record.Write(next, deactivate);
}
