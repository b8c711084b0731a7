namespace Presence.Gateway.Options;

internal static class ListenerKeyNames
{
    public const string Pip = $"{ListenerOptions.Section}:Pip";
    public const string Pips = $"{ListenerOptions.Section}:Pips";
    public const string Http = $"{ListenerOptions.Section}:Http";
}
