namespace Presence.Hosting.Telemetry;

/// <summary>Who may read <c>/metrics</c>.</summary>
public enum MetricsAccess
{
    /// <summary>Nobody; nothing is measured for it.</summary>
    Off = 0,

    /// <summary>Clients on this machine.</summary>
    Local = 1,

    /// <summary>Everybody who reaches the HTTP port: for ports that the public does not reach.</summary>
    Open = 2,
}
