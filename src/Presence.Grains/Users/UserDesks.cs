using System.Collections.Concurrent;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>The windows of all user grains of this silo that have one. Used from any thread.</summary>
internal sealed class UserDesks(PresenceClock clock) : IUserDesks
{
    private readonly ConcurrentDictionary<Address, DeskWindow> _windows = new();

    public DateTimeOffset Now => clock.Now;

    /// <summary>The newest activation's is the one that counts.</summary>
    public void Add(Address user, DeskWindow window) => _windows.AddOrUpdate(user, window, (_, older) =>
    {
        if (older != window)
            older.Close();
        return window;
    });

    public void Remove(Address user, DeskWindow window) => _windows.TryRemove(KeyValuePair.Create(user, window));

    public SendAnswer? TryReceive(Address user, InstantMessage message) =>
        _windows.TryGetValue(user, out var window) ? window.Receive(message, clock.Now) : null;

    public bool TryAcknowledge(Address user, string session, IReadOnlyList<MarkedKey> messages) =>
        _windows.TryGetValue(user, out var window) && window.Acknowledge(session, messages, clock.Now);

    /// <summary>The window of this user, for who comes again: it is shut for good if there is another. Null if he has none.</summary>
    public DeskWindow? Find(Address user) => _windows.GetValueOrDefault(user);

    /// <summary>False if the grain must be told.</summary>
    public bool TryTakeReceipt(Address user, Receipt receipt) =>
        _windows.TryGetValue(user, out var window) && window.TakeReceipt(receipt);
}
