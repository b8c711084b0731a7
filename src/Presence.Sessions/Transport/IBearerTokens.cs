using Presence.Model.Addresses;

namespace Presence.Sessions.Transport;

/// <summary>Who a bearer token stands for; the same tokens as over gRPC. Given by the transports.</summary>
public interface IBearerTokens
{
    /// <summary>False if no token can be right, for there are no keys to check one with.</summary>
    bool AreTaken { get; }

    /// <summary>The user whom the token stands for; null for whatever is wrong with it.</summary>
    Task<Address?> Check(string token);
}
