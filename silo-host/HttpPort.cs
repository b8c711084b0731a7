using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Presence.SiloHost;

/// <summary>After the start it tells the port that it really has.</summary>
internal sealed class HttpPort
{
    public ListenOptions? Listen { get; set; }

    public IPEndPoint? End => Listen?.IPEndPoint;
}
