using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Presence.Hosting.Options.Reload;

/// <summary>
/// Reads <c>appsettings.json</c> anew when it has changed, looked at every 10 s, and at SIGHUP. What cannot be used changes nothing
/// and is told in the log.
/// </summary>
internal sealed partial class ReloadingConfiguration : BackgroundService
{
    /// <summary>How often the file is looked at: every 10 s.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConfigurationLayers _layers;
    private readonly Action<IConfiguration> _check;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private string? _text;

    /// <param name="layers">What can change.</param>
    /// <param name="check">Throws <see cref="StartRefusedException"/> for what the process would not start with.</param>
    /// <param name="time">The system's clock.</param>
    /// <param name="logger">The log.</param>
    public ReloadingConfiguration(
        ConfigurationLayers layers, Action<IConfiguration> check, TimeProvider time, ILogger<ReloadingConfiguration> logger)
    {
        (_layers, _check, _time, _logger) = (layers, check, time, logger);
        _text = layers.Text;
    }

    /// <summary>Reads the file if it says something else than before, or in any case.</summary>
    public void Reload(bool inAnyCase)
    {
        lock (_gate)
        {
            try
            {
                var text = _layers.Text;
                if (text == _text && !inAnyCase)
                    return;

                // Whatever comes of it, it is looked at once: a wrong file is told once and not every 10 s.
                var isGone = text is null && _text is not null;
                _text = text;
                if (isGone)
                    throw new StartRefusedException("there is no such file any more");
                var next = _layers.Read(text);
                _check(next.All);
                var changes = Changes(_layers.Now.All, next.All);
                _layers.Take(next);
                LogRead(_layers.File, changes);
            }
            catch (StartRefusedException refused)
            {
                LogUnusable(_layers.File, refused.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Otherwise it would end the process.
            context.Cancel = true;
            Reload(inAnyCase: true);
        });
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Reload(inAnyCase: false);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    /// <summary>The keys that have other values, by when these hold. No values: some are secrets.</summary>
    private string Changes(IConfiguration before, IConfiguration after)
    {
        var changed = before.AsEnumerable().Concat(after.AsEnumerable()).Select(pair => pair.Key)
            .Where(key => before[key] != after[key] && _layers.Known.Find(key) is not null)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            .ToLookup(Reloadable.When);
        var told = string.Join("; ", changed.OrderByDescending(keys => keys.Key).Select(keys => $"{Words(keys.Key)}: {string.Join(", ", keys)}"));
        return told.Length == 0 ? "nothing has changed" : told;
    }

    private static string Words(Applies when) => when switch
    {
        Applies.AtOnce => "holds at once",
        Applies.ToNew => "holds for new connections and nodes",
        _ => "NEEDS A RESTART",
    };

    [LoggerMessage(5020, LogLevel.Information, "The configuration was read anew from {File}: {Changes}.")]
    private partial void LogRead(string file, string changes);

    [LoggerMessage(5021, LogLevel.Error, "The configuration in {File} cannot be used, the old one stays: {Why}")]
    private partial void LogUnusable(string file, string why);
}
