using Presence.Grains.Users;
using Presence.Model.Addresses;

namespace Presence.Grains.Groups;

/// <summary>What waits for one recipient, in order.</summary>
internal sealed class Lane(Address recipient)
{
    private WeakReference<DeskWindow>? _window;

    public Address Recipient { get; } = recipient;

    public List<LaneItem> Waiting { get; } = [];

    /// <summary>
    /// His window as it was found last, which saves looking for it; null if he had none. It is shut for good if he has another, and a
    /// lane does not keep what belongs to a grain that is gone.
    /// </summary>
    public DeskWindow? Window
    {
        get => _window is not null && _window.TryGetTarget(out var window) ? window : null;
        set => _window = value is null ? null : new WeakReference<DeskWindow>(value);
    }

    /// <summary>What is being done for him now.</summary>
    public Task Moving { get; set; } = Task.CompletedTask;

    /// <summary>The last message that was gathered for him: what does not cross with others goes after it.</summary>
    public Parcel? Last { get; private set; }

    /// <summary>True while it is moved, or will be by a worker.</summary>
    public bool IsScheduled { get; set; }

    /// <summary>True after his grain took too long, until nothing waits for him: the others do not wait for him.</summary>
    public bool IsLate { get; set; }

    /// <summary>True while nothing waits and nothing is being done for him: what comes now is the next for him.</summary>
    public bool IsIdle => !IsScheduled && Waiting.Count == 0 && Moving.IsCompleted;

    public bool IsEmpty => Waiting.Count == 0 && Last is null or { HasCrossed: true };

    public void Gathered(Parcel parcel) => Last = parcel;

    /// <summary>It has crossed, and a lane that is kept does not keep it.</summary>
    public void Cross(Parcel parcel)
    {
        if (Last == parcel)
            Last = null;
    }
}

/// <summary>A notice in a lane.</summary>
/// <param name="Parcel">The notice.</param>
/// <param name="IsShared">True if it crosses with the copies of others, which wait for this recipient's grain.</param>
internal readonly record struct LaneItem(Parcel Parcel, bool IsShared);
