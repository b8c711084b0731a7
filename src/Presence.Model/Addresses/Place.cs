namespace Presence.Model.Addresses;

/// <summary>
/// What a request is about: a node and a path below it.
/// <code>place = own / address ; own = "~" [ "/" path ] ; address = [ local "@" ] domain [ "/" path ]</code>
/// <c>default</c> is <c>~</c>, the speaker's own node. Source: docs/protocol, section 2.4 part 3.
/// </summary>
public readonly record struct Place
{
    /// <summary>A place at a named node.</summary>
    public Place(Address address, PropertyPath path = default)
    {
        Address = address;
        Path = path;
    }

    /// <summary>Null for the speaker's own node.</summary>
    public Address? Address { get; }

    public PropertyPath Path { get; }

    /// <summary>True for the shorthand <c>~</c>, which federation links refuse with <c>484</c>.</summary>
    public bool IsOwn => Address is null;

    /// <summary>A place at the speaker's own node.</summary>
    public static Place Own(PropertyPath path = default) => new(null, path);

    /// <summary>Reads a target token as it stands on the line, still percent-encoded, and canonicalises it.</summary>
    public static bool TryParse(string? wire, out Place place, out AddressFault fault) =>
        TryRead(wire, canonicalOnly: false, out place, out fault);

    /// <summary>Accepts only what is canonical already; <c>~</c> passes, see <see cref="IsOwn"/>.</summary>
    public static bool TryParseCanonical(string? wire, out Place place, out AddressFault fault) =>
        TryRead(wire, canonicalOnly: true, out place, out fault);

    /// <summary>For places known to be good.</summary>
    /// <exception cref="FormatException">The place is refused; the message is the fault's sentence.</exception>
    public static Place Parse(string wire) =>
        TryParse(wire, out var place, out var fault) ? place : throw new FormatException(fault.Sentence);

    /// <summary>The same place with <c>~</c> replaced by the speaker's address.</summary>
    public Place Resolve(Address self) => IsOwn ? new Place(self, Path) : this;

    /// <summary>The same node with another path.</summary>
    public Place At(PropertyPath path) => new(Address, path);

    public override string ToString()
    {
        var node = Address?.ToString() ?? "~";
        return Path.IsRoot ? node : string.Concat(node, "/", Path.ToString());
    }

    private Place(Address? address, PropertyPath path)
    {
        Address = address;
        Path = path;
    }

    private static bool TryRead(ReadOnlySpan<char> wire, bool canonicalOnly, out Place place, out AddressFault fault)
    {
        place = default;
        var slash = wire.IndexOf('/');
        var node = slash < 0 ? wire : wire[..slash];
        PropertyPath path = default;
        if (slash >= 0 && !TryReadPath(wire[(slash + 1)..], canonicalOnly, out path, out fault)) return false;
        if (node is "~")
        {
            place = Own(path);
            fault = default;
            return true;
        }

        if (!Addresses.Address.TryRead(node, canonicalOnly, out var address, out fault)) return false;
        place = new Place(address, path);
        return true;
    }

    private static bool TryReadPath(
        ReadOnlySpan<char> wire, bool canonicalOnly, out PropertyPath path, out AddressFault fault)
    {
        if (!wire.IsEmpty) return PropertyPath.TryRead(wire, canonicalOnly, out path, out fault);
        path = default;
        fault = AddressFault.PathSegment;
        return false;
    }
}
