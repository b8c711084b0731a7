namespace Presence.Cli.Output;

/// <summary>What a reply code means, in one sentence for a person (docs/protocol/codes.md).</summary>
internal static class CodeMeaning
{
    /// <param name="code">300–699; an unknown one is read as the first of its class.</param>
    /// <param name="reason">Reason word; empty if unknown.</param>
    public static string Of(int code, string reason = "") => reason switch
    {
        "pass-required" => "It is behind a passphrase, and none was given or it was wrong: use --passphrase.",
        "hello-first" or "auth-required" => "You must log in first.",
        "quota" => "The server has no more room for you.",
        _ => OfRequest(code) ?? OfDelivery(code) ?? OfClass(code),
    };

    private static string? OfRequest(int code) => code switch
    {
        400 => "The server does not understand a value of this request.",
        403 => "You may not do this. In a closed domain the same is said of what does not exist.",
        404 => "There is no such thing here.",
        405 => "This cannot be done with this kind of address, or not in its present state.",
        406 => "It is not to be had in the form asked for.",
        408 => "Nobody answered in time.",
        409 => "It clashes with what is there already, for example the same name.",
        410 => "It is no longer there.",
        412 => "Somebody changed it in the meantime: read it again, then repeat with the version it has now.",
        413 => "It is larger than the server takes.",
        414 => "The request is longer than the server takes.",
        415 => "The server does not take this type of content.",
        423 => "The time asked for is too short.",
        426 => "This is not done without TLS.",
        429 => "Too much was asked in too short a time: wait before you repeat it.",
        431 => "There are too many of them already, or too many in one request.",
        _ => null,
    };

    private static string? OfDelivery(int code) => code switch
    {
        301 or 302 => "It has moved to another address.",
        480 => "Nobody can be reached there now.",
        481 => "What it refers to is unknown or over.",
        482 => "It was forwarded in a circle.",
        483 => "It was forwarded too often.",
        484 => "The address is not well formed for the server.",
        486 => "The other side is busy.",
        488 => "The other side takes no such offer.",
        501 => "The server does not know how to do this.",
        502 => "The other domain cannot be reached, or could not prove who it is.",
        503 => "The server has too much to do: try again later.",
        504 => "The other domain did not answer.",
        507 => "The server has no more room for this.",
        603 => "The other side declined.",
        _ => null,
    };

    private static string OfClass(int code) => (code / 100) switch
    {
        3 => "Something else is to be done first.",
        5 => "The server failed; it is no fault of yours.",
        6 => "The other side declined.",
        _ => "The server refused it.",
    };
}
