using Presence.Protocol.Bodies;

namespace Presence.Client;

/// <summary>Who may see this account and write to it.</summary>
public sealed partial class PresenceClient
{
    /// <summary>
    /// Lets somebody see this account's presence, write and invite; watchers who wait begin to see it. For a group of one's
    /// own: lets somebody in who asked.
    /// </summary>
    /// <param name="who">An address, or a principal such as <c>*@example.org</c>.</param>
    /// <param name="on">What it is about, such as <c>~/mood</c> or a group. Default the whole account.</param>
    /// <param name="rights">Such as <c>read,sub</c>; null for the usual ones.</param>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public Task ApproveAsync(
        string who, string on = "~", string? rights = null, CancellationToken cancellation = default) =>
        Do("APPROVE", Parse(on).ToString(), cancellation, ("who", who), ("rights", rights));

    /// <summary>Keeps somebody out who asked.</summary>
    /// <param name="isTold">False leaves him waiting for ever, the polite way; true tells him.</param>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task DenyAsync(
        string who, string on = "~", bool isTold = false, CancellationToken cancellation = default) =>
        Do("DENY", Parse(on).ToString(), cancellation, ("who", who), ("mode", isTold ? "explicit" : "polite"));

    /// <summary>
    /// Shuts somebody out. Politely, he sees an account that has logged out and is not told; else he is refused.
    /// </summary>
    /// <param name="isTold">False is the polite way.</param>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task BlockAsync(
        string who, string on = "~", bool isTold = false, CancellationToken cancellation = default) =>
        Do("BLOCK", Parse(on).ToString(), cancellation, ("who", who), ("mode", isTold ? "explicit" : "polite"));

    /// <inheritdoc cref="ApproveAsync"/>
    public Task UnblockAsync(string who, string on = "~", CancellationToken cancellation = default) =>
        Do("UNBLOCK", Parse(on).ToString(), cancellation, ("who", who));

    /// <summary>The block list and the allow list: items of address and <c>list=</c>.</summary>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<IReadOnlyList<LineItem>> ListsAsync(CancellationToken cancellation = default) =>
        (await Do("LISTS", "~", cancellation)).Items();

    /// <summary>
    /// Who watches, waits for approval (<c>state=pending</c>: see <see cref="ApproveAsync"/>), or has asked.
    /// </summary>
    /// <param name="on">The account, or a property of it.</param>
    /// <exception cref="PipRefusedException">The server refused.</exception>
    public async Task<IReadOnlyList<WatcherEntry>> WatchersAsync(
        string on = "~", CancellationToken cancellation = default) =>
        await Pages("WATCHERS", Parse(on).ToString(), item => new WatcherEntry(
            item.First, item.Parameters["what"] ?? "sub", item.Parameters["state"]), cancellation);

    private async Task<IReadOnlyList<TEntry>> Pages<TEntry>(
        string verb, string target, Func<LineItem, TEntry> read, CancellationToken cancellation)
    {
        var entries = new List<TEntry>();
        string? after = null;
        while (true)
        {
            var answer = await Do(verb, target, cancellation, ("after", after));
            entries.AddRange(answer.Items().Select(read));
            if (answer.Parameters["next"] is not { } next || next == after)
                return entries;

            after = next;
        }
    }
}
