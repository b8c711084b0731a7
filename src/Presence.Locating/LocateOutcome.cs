namespace Presence.Locating;

/// <summary>What came of looking for servers.</summary>
public enum LocateOutcome
{
    Found,

    /// <summary>The domain says that it does not offer the service: 502 no-service.</summary>
    NoService,

    /// <summary>The DNS does not answer now.</summary>
    Temporary,
}
