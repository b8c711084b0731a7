using Presence.Client;

namespace Presence.Cli.Output;

/// <summary>Word about the connection: to scripts a line of the output, to people a remark beside it.</summary>
internal static class ConnectionLines
{
    public static void Tell(this Report report, ConnectionEvent word)
    {
        switch (word)
        {
            case Disconnected lost:
                report.Notice($"connection lost: {lost.Text} Connecting again; Ctrl-C ends it",
                    ("event", "disconnected"), ("code", lost.Code), ("reason", lost.Reason),
                    ("time", EventLines.Wire(word.Time)));
                break;
            case Resumed resumed:
                report.Notice($"connected again after {resumed.Outage.TotalSeconds:0} s; nothing was missed",
                    ("event", "resumed"), ("time", EventLines.Wire(word.Time)));
                break;
            case Resynced resynced:
                report.Notice(
                    $"connected again after {resynced.Outage.TotalSeconds:0} s in a new session; messages may have been missed",
                    ("event", "resynced"), ("changes", resynced.Changes), ("time", EventLines.Wire(word.Time)));
                break;
        }
    }
}
