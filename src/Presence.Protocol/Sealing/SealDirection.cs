namespace Presence.Protocol.Sealing;

/// <summary>Which way a sealed datagram goes; its number is the first half of the nonce.</summary>
public enum SealDirection
{
    ClientToServer = 1,
    ServerToClient = 2,
}
