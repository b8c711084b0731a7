using System.CommandLine;
using System.Globalization;
using Presence.Model.Access;
using Presence.Protocol.Framing;

namespace Presence.Cli.Options;

/// <summary>Arguments and options that several commands have, and how they are read.</summary>
internal static class Typed
{
    public static Argument<string> Who() =>
        new("WHO") { Description = "An address such as bob@localhost" };

    public static Argument<string> ListedWho() =>
        new("WHO") { Description = "An address, *@DOMAIN for all of a domain, or member:GROUP" };

    public static Argument<string> Group() => new("ADDR") { Description = "The group, such as chess@localhost" };

    public static Argument<string> GroupOrInterest() => new("ADDR")
    {
        Description = "The group, such as chess@localhost, or a class of interest: DOMAIN/interest/CLASS, "
            + "where * stands for one word and > at the end for any",
    };

    public static Option<string> Place(string name, string description) => new(name)
    {
        HelpName = "PLACE",
        Description = $"{description}; ~ is your own node",
        DefaultValueFactory = _ => "~",
    };

    public static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    public static Option<long?> Number(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    /// <summary>A number as it stands on the wire; null if it was not typed.</summary>
    /// <exception cref="UsageException">It is below the least.</exception>
    public static string? Read(this ParseResult parsed, Option<long?> option, long least) =>
        parsed.GetValue(option) switch
        {
            null => null,
            { } number when number >= least => number.ToString(CultureInfo.InvariantCulture),
            _ => throw new UsageException($"{option.Name} takes a number from {least}."),
        };

    /// <summary>Words of rights as they stand on the wire; null stays null.</summary>
    /// <exception cref="UsageException">One of them is no right.</exception>
    public static string? Rights(string? text) => text is null || RightsWords.TryParse(text, out _)
        ? text
        : throw new UsageException(
            $"'{text}' are no rights; write some of read,write,sub,send,invite,join,list,acl, or all.");

    /// <summary>A time or a day, in UTC unless it says otherwise; null stays null.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string? Time(string? text)
    {
        if (text is null)
            return null;

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)
            ? WireTime.ToText(time)
            : throw new UsageException($"'{text}' is no time; write 2026-11-22 or 2026-11-22T06:10Z.");
    }
}
