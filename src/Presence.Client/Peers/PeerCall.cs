namespace Presence.Client.Peers;

/// <summary>An invitation of this side that waits for its answer.</summary>
internal sealed class PeerCall(string id)
{
    private readonly TaskCompletionSource<InvitationAnswer?> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    /// <summary>The final one; null if this side gave way to an invitation of the other side.</summary>
    public Task<InvitationAnswer?> Answer => _answer.Task;

    /// <returns>False if it has been answered already.</returns>
    public bool GiveWay() => _answer.TrySetResult(null);

    /// <returns>False if it answers another invitation.</returns>
    public bool Take(InvitationAnswer answer)
    {
        if (answer.Id != id)
            return false;

        if (answer.Code >= 200)
            _answer.TrySetResult(answer);

        return true;
    }
}
