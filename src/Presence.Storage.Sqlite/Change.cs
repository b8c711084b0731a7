namespace Presence.Storage.Sqlite;

/// <summary>
/// One queued write, or a clear if there is no payload; an addition is written behind the payload that the row has. Its outcome is settled inside the transaction and told to the
/// caller only after the commit, because until then it is not true.
/// </summary>
internal sealed class Change(RowKey key, long? expectedEtag, ReadOnlyMemory<byte>? payload, bool isAddition = false)
{
    // Grains must not continue on the writer's thread.
    private readonly TaskCompletionSource<long?> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _etag;
    private Exception? _failure;

    public RowKey Key { get; } = key;

    /// <summary>The ETag that the caller has seen; null if it has seen no row.</summary>
    public long? ExpectedEtag { get; } = expectedEtag;

    public ReadOnlyMemory<byte>? Payload { get; } = payload;

    public bool IsAddition { get; } = isAddition;

    /// <summary>The new ETag, null after a clear.</summary>
    public Task<long?> Told => _told.Task;

    public bool Succeeded => _failure is null;

    public void Settle(long? etag) => _etag = etag;

    public void Settle(Exception failure) => _failure = failure;

    public void Tell()
    {
        if (_failure is null)
            _told.SetResult(_etag);
        else
            _told.SetException(_failure);
    }
}
