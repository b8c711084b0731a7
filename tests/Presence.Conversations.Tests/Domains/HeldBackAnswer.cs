namespace Presence.Conversations.Tests.Domains;

/// <summary>The answer of one call between grains, kept on its way until the test lets it go.</summary>
/// <param name="method">The method whose next answer is kept.</param>
internal sealed class HeldBackAnswer(string method) : IOutgoingGrainCallFilter
{
    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The call was answered, and the caller does not know it yet.</summary>
    public Task IsHeld => _isHeld.Task;

    public void LetGo() => _goesOn.SetResult();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName != method)
            return;
        _isHeld.TrySetResult();
        await _goesOn.Task;
    }
}
