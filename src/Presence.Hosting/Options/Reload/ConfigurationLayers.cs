using Microsoft.Extensions.Configuration;

namespace Presence.Hosting.Options.Reload;

/// <summary>
/// What a process reads, the later wins: the security profile, <c>appsettings.json</c>, the environment, the command line. The
/// first two can change while it runs.
/// </summary>
internal sealed class ConfigurationLayers
{
    private readonly string _file;
    private readonly OptionSet _known;
    private readonly IConfigurationRoot _fixed;
    private readonly ConfigurationLayer _profile = new();
    private readonly ConfigurationLayer _settings = new();

    /// <exception cref="StartRefusedException">The file cannot be read.</exception>
    public ConfigurationLayers(string file, string[] args, OptionSet known)
    {
        _file = file;
        _known = known;
        _fixed = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        Take(Read(Text));
    }

    public string File => _file;

    public OptionSet Known => _known;

    /// <summary>What stands in the file; null if there is none.</summary>
    /// <exception cref="StartRefusedException">It cannot be read.</exception>
    public string? Text
    {
        get
        {
            try
            {
                return System.IO.File.Exists(_file) ? System.IO.File.ReadAllText(_file) : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new StartRefusedException($"{_file}: {fault.Message}", fault);
            }
        }
    }

    /// <summary>The configuration as taken last.</summary>
    public ReadConfiguration Now { get; private set; } = null!;

    /// <summary>Puts them below what is there.</summary>
    public void AddTo(IConfigurationBuilder configuration) =>
        configuration.Add(_profile).Add(_settings).AddConfiguration(_fixed);

    /// <summary>What the configuration would be with this in the file. Nothing is checked but that it is JSON.</summary>
    /// <exception cref="StartRefusedException">It is not.</exception>
    public ReadConfiguration Read(string? text)
    {
        var settings = Values(text);
        var without = new ConfigurationBuilder().AddInMemoryCollection(settings).AddConfiguration(_fixed).Build();
        var profile = SecurityProfiles.Beneath(without, _known);
        var all = new ConfigurationBuilder().AddInMemoryCollection(profile).AddConfiguration(without).Build();
        return new ReadConfiguration(settings, profile, all);
    }

    /// <summary>From now on it is so.</summary>
    public void Take(ReadConfiguration read)
    {
        _profile.Put(read.Profile);
        _settings.Put(read.Settings);
        Now = read;
        _settings.Tell();
    }

    private Dictionary<string, string?> Values(string? text)
    {
        if (text is null)
            return [];
        try
        {
            using var octets = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            return new Dictionary<string, string?>(
                new ConfigurationBuilder().AddJsonStream(octets).Build().AsEnumerable().Where(pair => pair.Value is not null),
                StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new StartRefusedException($"{_file}: {(fault.InnerException ?? fault).Message}", fault);
        }
    }
}

/// <summary>A configuration that has been read, in force or not.</summary>
/// <param name="Settings">What stands in the file.</param>
/// <param name="Profile">What the security profile lays beneath.</param>
/// <param name="All">Everything together.</param>
internal sealed record ReadConfiguration(
    IReadOnlyDictionary<string, string?> Settings, IReadOnlyDictionary<string, string?> Profile, IConfigurationRoot All);
