using System.Diagnostics;
using System.Globalization;
using Presence.Gateway.Hosting;

namespace Presence.Gateway.Tests.Hosting;

/// <summary>Which policy of the system (sched(7)) a thread has, and those that it starts.</summary>
public sealed class ThreadSchedulingTests
{
    private const int Batch = 3;
    private const int Idle = 5;

    [Fact]
    public void A_thread_and_those_that_it_starts_do_not_push_others_aside() => Assert.Equal((Batch, Batch), OnThread(() =>
    {
        ThreadScheduling.FinishFirst();
        return (Policy(), OnThread(Policy));
    }));

    [Fact]
    public void A_policy_that_somebody_has_chosen_stays() => Assert.Equal(Idle, OnThread(() =>
    {
        using (var chrt = Process.Start("chrt", ["--idle", "--pid", "0", Number]))
            chrt.WaitForExit();
        ThreadScheduling.FinishFirst();
        return Policy();
    }));

    private static string Number => Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName);

    // proc_pid_stat(5): the 41st; what stands before it in parentheses may contain spaces.
    private static int Policy() => int.Parse(
        File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[38], CultureInfo.InvariantCulture);

    /// <summary>On a thread of its own, since what is set stays with it.</summary>
    private static T OnThread<T>(Func<T> act)
    {
        T found = default!;
        var thread = new Thread(() => found = act());
        thread.Start();
        thread.Join();
        return found;
    }
}
