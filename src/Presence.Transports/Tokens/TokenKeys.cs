using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Presence.Contracts;

namespace Presence.Transports.Tokens;

/// <summary>The keys that tokens are checked with. If they cannot be read anew, those known go on to hold.</summary>
internal sealed partial class TokenKeys(
    IOptions<TokenSettings> settings, PresenceClock clock, ILogger<TokenKeys> logger) : IDisposable
{
    private const long MaxOctets = 1024 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Lazy<HttpClient> _http = new(() => new HttpClient
    {
        Timeout = FetchTime,
        MaxResponseContentBufferSize = MaxOctets,
    });

    private volatile IReadOnlyList<SecurityKey> _keys = [];
    private DateTimeOffset? _read;

    /// <param name="wanted">Name of the key that the token says it was signed with, or null.</param>
    public async ValueTask<IReadOnlyList<SecurityKey>> For(string? wanted)
    {
        await _reading.WaitAsync();
        try
        {
            var age = clock.Now - (_read ?? DateTimeOffset.MinValue);
            var isMissing = wanted is not null && _keys.All(key => key.KeyId != wanted);
            if (age > Fresh || (isMissing && age > Pause))
            {
                _read = clock.Now;
                await Read(settings.Value.Keys!);
            }

            return _keys;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _reading.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private async Task Read(string source)
    {
        try
        {
            var text = source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                ? await _http.Value.GetStringAsync(new Uri(source))
                : await File.ReadAllTextAsync(source);
            _keys = [.. new JsonWebKeySet(text).GetSigningKeys()];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or HttpRequestException
            or OperationCanceledException or ArgumentException or UriFormatException)
        {
            LogUnreadable(cause, source);
        }
    }

    [LoggerMessage(2040, LogLevel.Error, "The keys of tokens at {Source} cannot be read.")]
    private partial void LogUnreadable(Exception cause, string source);
}
