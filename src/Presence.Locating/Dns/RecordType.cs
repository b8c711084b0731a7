namespace Presence.Locating.Dns;

/// <summary>Types of records that are looked at (RFC 1035, 3596, 2782, 6891).</summary>
internal enum RecordType : ushort
{
    A = 1,
    NameServer = 2,
    Alias = 5,
    Authority = 6,
    Aaaa = 28,
    Service = 33,
    Options = 41,
}
