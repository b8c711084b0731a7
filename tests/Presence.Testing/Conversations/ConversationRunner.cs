namespace Presence.Testing.Conversations;

/// <summary>Tells a story to a node and compares what the node answers.</summary>
public static class ConversationRunner
{
    /// <summary>How long one step may wait, in real time.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);

    /// <exception cref="ConversationFailedException">The node did something else.</exception>
    public static Task Run(
        Conversation conversation, IConversationHost host, CancellationToken cancel = default) =>
        Run(conversation, host, DefaultPatience, cancel);

    /// <exception cref="ConversationFailedException">
    /// The node did something else, or nothing within the patience.
    /// </exception>
    public static async Task Run(
        Conversation conversation, IConversationHost host, TimeSpan patience, CancellationToken cancel)
    {
        await using var stage = new Stage(conversation, host);
        foreach (var user in conversation.Users)
            await host.CreateUser(user.Local, user.Password, cancel);
        foreach (var step in conversation.Steps)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(patience);
            try
            {
                await stage.Play(step, limit.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw stage.Failure(step, $"nothing came within {patience.TotalSeconds:0.#} s");
            }
            catch (Wire.WireException fault)
            {
                throw stage.Failure(step, $"the server broke the protocol: {fault.Message}");
            }
        }
    }
}
