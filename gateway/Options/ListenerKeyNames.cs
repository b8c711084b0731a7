namespace Presence.Gateway.Options;

internal static class ListenerKeyNames
{
    public const string Pip = $"{ListenerOptions.Section}:Pip";
    public const string PipStartTls = $"{ListenerOptions.Section}:PipStartTls";
    public const string Pips = $"{ListenerOptions.Section}:Pips";
    public const string PipsHttp = $"{ListenerOptions.Section}:PipsHttp";
    public const string Udp = $"{ListenerOptions.Section}:Udp";
    public const string Http = $"{ListenerOptions.Section}:Http";
    public const string Console = $"{ListenerOptions.Section}:Console";
    public const string Grpc = $"{ListenerOptions.Section}:Grpc";
    public const string Peers = $"{ListenerOptions.Section}:Peers";
}
