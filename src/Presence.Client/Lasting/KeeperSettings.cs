using Presence.Client.Login;

namespace Presence.Client.Lasting;

/// <summary>What <see cref="PresenceClientOptions"/> says about the session, checked.</summary>
internal sealed record KeeperSettings(BindRequest Bind, TimeProvider Time)
{
    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan ReconnectMin { get; init; }

    public required TimeSpan ReconnectMax { get; init; }

    public required TimeSpan WatchLifetime { get; init; }

    public required int MaxWaiting { get; init; }

    public string Show => Bind.Show;
}
