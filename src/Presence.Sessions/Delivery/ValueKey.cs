using Presence.Model.Addresses;

namespace Presence.Sessions.Delivery;

/// <summary>
/// What a value is about: of two with an equal key only the newer one must arrive. One is made for each property of a
/// subscription and kept, so that looking it up costs no hashing of names.
/// </summary>
internal class ValueKey(Address node, string id, PropertyPath path) : IEquatable<ValueKey>
{
    private readonly int _hash = HashCode.Combine(node, id, path);

    public Address Node { get; } = node;

    public string Id { get; } = id;

    public PropertyPath Path { get; } = path;

    public bool Equals(ValueKey? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Id == other.Id && Node == other.Node && Path == other.Path);

    public override bool Equals(object? obj) => Equals(obj as ValueKey);

    public override int GetHashCode() => _hash;
}
