using System.Diagnostics;
using System.Text.Json;
using Presence.Bench.Scenarios;

namespace Presence.Bench.Suites;

/// <summary>
/// One scenario on one server: a process of its own, so that nothing that one has compiled helps the next. It makes ready and then waits
/// for each heat.
/// </summary>
internal sealed class SuiteRun : IAsyncDisposable
{
    private readonly Process _process;

    /// <param name="arguments">Of this program: scenario, server and options.</param>
    /// <exception cref="BenchException">It cannot be started.</exception>
    public SuiteRun(SuiteCell cell, IEnumerable<string> arguments)
    {
        Cell = cell;
        var start = new ProcessStartInfo("dotnet", [typeof(SuiteRun).Assembly.Location, .. arguments, "--heats"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start) ?? throw new BenchException("dotnet cannot be started.");

        // Whoever ends the suite by a signal wants no run left behind, nor what that started.
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public SuiteCell Cell { get; }

    /// <summary>It has no more heats.</summary>
    public bool IsThrough { get; set; }

    /// <summary>True when the first heat can begin; false if there will be none.</summary>
    public async Task<bool> IsReady() => await _process.StandardOutput.ReadLineAsync() == Heats.Ready;

    /// <summary>Figures by name; null if it has failed.</summary>
    public async Task<IReadOnlyDictionary<string, double>?> Heat()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(Heats.Go);
        }
        catch (IOException)
        {
            // It has ended by itself.
            return null;
        }

        if (await _process.StandardOutput.ReadLineAsync() is not { } figures)
            return null;
        using var document = JsonDocument.Parse(figures);
        return document.RootElement.EnumerateObject()
            .Where(one => one.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(one => one.Name, one => one.Value.GetDouble(), StringComparer.Ordinal);
    }

    /// <summary>Lets it look whether all was right, and end; gives its exit code.</summary>
    public async Task<int> End()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself, before it read the last word.
        }

        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Kill(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        _process.Dispose();
    }

    private void Kill(object? sender, EventArgs reason)
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }
}
