namespace Presence.Locating.Dns;

/// <summary>One record of a message.</summary>
/// <param name="Owner">Name in lower case, without the final dot.</param>
/// <param name="Type">May be one that is not named in <see cref="RecordType"/>.</param>
/// <param name="TimeToLive">Seconds.</param>
/// <param name="Start">Where its data begin in the message, which names in them may point into.</param>
/// <param name="Length">Octets of data.</param>
internal readonly record struct DnsRecord(string Owner, RecordType Type, uint TimeToLive, int Start, int Length);
