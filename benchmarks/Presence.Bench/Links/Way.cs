namespace Presence.Bench.Links;

/// <summary>How a server that speaks PIP is reached.</summary>
internal enum Way
{
    /// <summary>TCP in clear text.</summary>
    Clear,

    /// <summary>TLS 1.3.</summary>
    Tls,

    /// <summary>WebSocket in clear text, one frame in each message.</summary>
    WebSocket,

    /// <summary>The Session stream of gRPC over HTTP/2 in clear text, a connection for each user.</summary>
    Grpc,
}
