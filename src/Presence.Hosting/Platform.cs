using Presence.Hosting.Options;
using Presence.Model.Addresses;

namespace Presence.Hosting;

public static class Platform
{
    /// <summary>Under invariant globalization two spellings of one address would reach two users (LOC-03).</summary>
    /// <exception cref="StartRefusedException">The platform does not know Unicode well enough.</exception>
    public static void Check()
    {
        if (GlobalizationSelfTest.Check() is { } finding)
            throw new StartRefusedException(finding);
    }
}
