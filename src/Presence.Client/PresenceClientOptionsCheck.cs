using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Presence.Client.Lasting;
using Presence.Client.Locating;
using Presence.Client.Login;
using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>Turns options into what the client works with, or says which of them makes no sense.</summary>
internal static class PresenceClientOptionsCheck
{
    public static Address Account(PresenceClientOptions options)
    {
        if (!Address.TryParse(options.Account, out var account, out var fault))
            throw Wrong(nameof(options.Account), $"'{options.Account}' is no address: {fault.Sentence}");

        return account.IsDomain
            ? throw Wrong(nameof(options.Account), $"'{options.Account}' is no account; write name@domain.")
            : account;
    }

    public static ServerUrl? Server(PresenceClientOptions options)
    {
        if (options.Server is not { } text)
            return null;

        if (!ServerUrl.TryParse(text, out var url, out var why))
            throw Wrong(nameof(options.Server), $"'{text}' is no server: {why}.");

        return url.IsPip || options.Transports.ContainsKey(url.Scheme)
            ? url
            : throw Wrong(nameof(options.Server), $"there is no transport for '{url.Scheme}'.");
    }

    public static KeeperSettings Settings(PresenceClientOptions options)
    {
        var endpoint = options.Endpoint ?? $"dotnet-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        if (endpoint.Length is 0 or > 64 || !endpoint.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw Wrong(nameof(options.Endpoint), "it has 1 to 64 letters, digits, '-', '_' or '.'.");

        if (options.Priority is < -128 or > 127)
            throw Wrong(nameof(options.Priority), "it is -128 to 127.");

        if (string.IsNullOrEmpty(options.Password))
            throw Wrong(nameof(options.Password), "it is missing.");

        if (options.MaxWaitingRequests is < 1 or > 65536)
            throw Wrong(nameof(options.MaxWaitingRequests), "it is 1 to 65 536.");

        Within(options.ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        var bind = new BindRequest(endpoint)
        {
            Priority = options.Priority,
            Show = options.Status,
            Takes = options.TakesOver,
        };
        return new KeeperSettings(bind, options.Time)
        {
            RequestTimeout = Within(options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            ReconnectMin = Within(options.ReconnectMin, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            ReconnectMax = Within(options.ReconnectMax, options.ReconnectMin, TimeSpan.FromHours(1)),
            WatchLifetime = Within(options.WatchLifetime, TimeSpan.FromMinutes(2), TimeSpan.FromDays(30)),
            MaxWaiting = options.MaxWaitingRequests,
        };
    }

    private static TimeSpan Within(
        TimeSpan value, TimeSpan least, TimeSpan most, [CallerArgumentExpression(nameof(value))] string option = "") =>
        value >= least && value <= most
            ? value
            : throw Wrong(option["options.".Length..], $"{value} is not between {least} and {most}.");

    [SuppressMessage("Usage", "CA2208", Justification = "The parameter at fault is an option.")]
    private static ArgumentException Wrong(string option, string why) =>
        new($"{nameof(PresenceClientOptions)}.{option}: {why}", option);
}
