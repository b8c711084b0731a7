using Presence.Cluster.Tests.Logs;

namespace Presence.Cluster.Tests;

/// <summary>The review of logs lets through what a trouble explains, and nothing else.</summary>
public sealed class LogReviewTests
{
    private const string Late =
        "2026-11-28T22:54:39.001Z warn: Orleans.Runtime.CallbackData[100157] Response did not arrive on time";

    [Fact]
    public void What_the_trouble_explains_is_accounted_for() =>
        Assert.Empty(LogReview.Unaccounted($"=== silo0\n{Late}\n\n", Trouble.SiloLost));

    [Fact]
    public void A_category_may_be_a_generic_type() => Assert.Empty(Review(
        "2026-11-28T22:54:39.001Z fail: Orleans.Providers.MemoryAdapterReceiver`1[[A, B, Version=10.0.0.0]].routes-2[200402] Exception thrown",
        Trouble.SiloLost));

    [Fact]
    public void What_another_trouble_would_explain_is_not() =>
        Assert.Single(Review(Late, Trouble.StoreAway));

    [Fact]
    public void An_exception_of_a_bug_is_a_fault_in_whatever_event() => Assert.StartsWith(
        "2 x Orleans.Runtime.CallbackData[100157] with NullReferenceException",
        Assert.Single(Review(
            $"{Late} System.NullReferenceException: Object\n{Late} System.NullReferenceException: Object", Trouble.SiloLost)),
        StringComparison.Ordinal);

    [Fact]
    public void An_event_that_nobody_knows_is_a_fault() => Assert.Single(Review(
        "2026-11-28T22:54:39.001Z fail: Presence.Sessions.Connections.Connection[1002] SET on connection 1 failed.",
        (Trouble)~0));

    [Fact]
    public void A_line_without_the_form_of_an_event_is_a_fault_but_for_the_last_words_of_a_silo_declared_dead()
    {
        const string Fatal = "2026-11-28T22:56:47.001Z fail: Orleans.Runtime.FatalErrorHandler[100002] I have been told I am dead";
        const string Stack = "   at Orleans.Runtime.FatalErrorHandler.OnFatalException(Object sender)";

        Assert.Single(LogReview.Unaccounted($"=== silo1\n{Stack}\n", Trouble.SiloFrozen));
        Assert.Empty(LogReview.Unaccounted($"=== silo1\n{Fatal}\n{Stack}\n", Trouble.SiloFrozen));
        Assert.Single(LogReview.Unaccounted($"=== silo1\n{Fatal}\n{Stack}\n=== silo2\n{Stack}\n", Trouble.SiloFrozen));
    }

    [Fact]
    public void Quiet_lines_are_read_for_exceptions_only()
    {
        const string Told = "2026-11-28T22:54:39.001Z info: Presence.Sessions.Gateways.Gateway[1014] is told again: ";

        Assert.Empty(Review(Told + "The silo is gone", Trouble.Load));
        Assert.Single(Review(Told + "InvalidOperationException: x", Trouble.Load));
    }

    private static IReadOnlyList<string> Review(string lines, Trouble troubles) =>
        LogReview.Unaccounted($"=== silo0\n{lines}\n", troubles);
}
