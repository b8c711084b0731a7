using Presence.Hosting.Options.Reload;

namespace Presence.Hosting.Options;

/// <summary>What <c>--describe-options</c> prints.</summary>
public static class OptionDescription
{
    private const string How =
        """
        Every key may stand in appsettings.json in the current directory, in the environment with __ in place of the
        colon (Presence__Data=/srv/presence), or on the command line (--Presence:Data=/srv/presence); the later wins.
        # is a number from 0. What is changed in appsettings.json while the process runs is read within 10 s, or at SIGHUP.

        """;

    public static void Write(TextWriter output, IEnumerable<OptionKey> keys)
    {
        output.WriteLine(How);
        foreach (var option in keys)
        {
            output.WriteLine(option.Key);
            output.WriteLine($"    default  {(option.Default.Length == 0 ? "none" : option.Default)}");
            output.WriteLine($"    range    {option.Rule.Range}");
            output.WriteLine($"    meaning  {option.Meaning}");
            output.WriteLine($"    changed  {Words(Reloadable.When(option.Key))}");
        }
    }

    private static string Words(Applies when) => when switch
    {
        Applies.AtOnce => "holds at once",
        Applies.ToNew => "holds for new connections and nodes",
        _ => "needs a restart",
    };
}
