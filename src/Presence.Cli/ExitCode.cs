namespace Presence.Cli;

/// <summary>What scripts decide on. Never renumbered; told in the help of the root command.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int CannotConnect = 3;
    public const int LoginFailed = 4;

    /// <summary>User commands and explain: the account does not exist, or exists already.</summary>
    public const int Conflict = 5;

    public const int Interrupted = 130;

    public const string Help = """
        Exit codes:
          0    done
          1    refused by the server
          2    wrong usage
          3    cannot connect, or the connection was lost
          4    login failed
          5    user commands, explain: not found, or exists already
          130  interrupted
        """;
}
