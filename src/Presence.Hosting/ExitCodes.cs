namespace Presence.Hosting;

/// <summary>How the process ends, by the customs of sysexits.h.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>EX_SOFTWARE: an error of ours; the exception is on stderr.</summary>
    public const int Software = 70;

    /// <summary>EX_CONFIG: what is configured does not allow a start; one line on stderr says why.</summary>
    public const int Configuration = 78;
}
