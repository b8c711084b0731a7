using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Presence.Contracts;

namespace Presence.Transports.Tokens;

/// <summary>
/// The keys that tokens are checked with. They are read again every hour, and when a token names one that is not there, but
/// a minute after the last attempt at the earliest: whoever makes up names of keys must not make this node a burden to the
/// issuer. If they cannot be read, those known go on to hold, and nobody waits whose key is known.
/// </summary>
internal sealed partial class TokenKeys(
    IOptions<TokenSettings> settings, PresenceClock clock, ILogger<TokenKeys> logger) : IDisposable
{
    private const long MaxOctets = 1024 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Lazy<HttpClient> _http = new(() => new HttpClient
    {
        Timeout = FetchTime,
        MaxResponseContentBufferSize = MaxOctets,
    });

    private volatile IReadOnlyList<SecurityKey> _keys = [];
    private volatile bool _hasFailed;
    private DateTimeOffset? _tried;
    private Task _reading = Task.CompletedTask;

    /// <param name="wanted">Name of the key that the token says it was signed with; empty if it does not say.</param>
    public async ValueTask<IReadOnlyList<SecurityKey>> For(string wanted)
    {
        var isMissing = _keys.All(key => key.KeyId != wanted);
        var reading = ReadIfDue(isMissing);
        if (isMissing)
            await reading;
        return _keys;
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    /// <summary>The present or last attempt; it never fails.</summary>
    private Task ReadIfDue(bool isMissing)
    {
        lock (_gate)
        {
            var isDue = _tried is not { } tried
                || clock.Now - tried >= (isMissing || _hasFailed ? Pause : Fresh);
            if (isDue && _reading.IsCompleted)
            {
                _tried = clock.Now;
                _reading = Read(settings.Value.Keys!);
            }

            return _reading;
        }
    }

    private async Task Read(string source)
    {
        try
        {
            var text = TokenSettings.IsUrl(source)
                ? await _http.Value.GetStringAsync(new Uri(source))
                : await File.ReadAllTextAsync(source);
            _keys = [.. new JsonWebKeySet(text).GetSigningKeys()];
            _hasFailed = false;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or HttpRequestException
            or OperationCanceledException or ArgumentException or UriFormatException)
        {
            _hasFailed = true;
            LogUnreadable(cause, source);
        }
    }

    [LoggerMessage(2040, LogLevel.Error, "The keys of tokens at {Source} cannot be read.")]
    private partial void LogUnreadable(Exception cause, string source);
}
