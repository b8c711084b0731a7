using Presence.Cli.Admin;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Client.Login;

namespace Presence.Cli;

/// <summary>Runs a command and turns the ways in which it may fail into a line on stderr and an exit code.</summary>
internal static class Outcome
{
    public static async Task<int> Of(Surroundings surroundings, Func<Task<int>> command, CancellationToken cancellation)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (CodeOf(exception) is { } code)
        {
            await surroundings.Error.WriteLineAsync($"presence: {Visible.Text(Sentence(exception))}");
            return code;
        }
    }

    /// <summary>What a person is told of a failure; for a refusal also what it means.</summary>
    public static string Sentence(Exception exception) => exception is PipRefusedException refused
        ? $"{refused.Message} {CodeMeaning.Of(refused.Code, refused.Reason)}"
        : exception.Message;

    /// <summary>Null for what only a bug can cause.</summary>
    private static int? CodeOf(Exception exception) => exception switch
    {
        UsageException => ExitCode.Usage,
        PipRefusedException => ExitCode.Refused,
        PipLoginException => ExitCode.LoginFailed,
        PresenceClosedException { InnerException: PipLoginException } => ExitCode.LoginFailed,
        PresenceException or TimeoutException or HttpRequestException => ExitCode.CannotConnect,
        AdminException admin => admin.ExitCode,
        _ => null,
    };
}
