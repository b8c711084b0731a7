namespace Presence.Architecture.Tests;

/// <summary>A failure that tells all breaches of a rule, one a line, so that they can be mended in one go.</summary>
internal static class Rule
{
    public static void HasNoBreach(IEnumerable<string> breaches)
    {
        var all = breaches.ToList();
        if (all.Count > 0)
            Assert.Fail(string.Join('\n', all.Prepend($"{all.Count} breaches:")));
    }
}
