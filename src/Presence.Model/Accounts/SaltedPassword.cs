namespace Presence.Model.Accounts;

/// <summary>What a key is derived from: the octets of a prepared password, and its salt.</summary>
internal readonly record struct SaltedPassword(byte[] Password, byte[] Salt);
