using System.Globalization;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client;

/// <summary>Turns event frames into typed events.</summary>
internal static partial class EventReading
{
    private const string PlainText = "text/plain;charset=utf-8";

    /// <summary>Null for verbs this client does not serve, and for events that lack what makes them one.</summary>
    public static PresenceEvent? Read(Frame frame)
    {
        if (!Place.TryParse(frame.Target, out var target, out _))
            return null;

        return frame.Verb switch
        {
            "NOTIFY" => ReadNotification(frame, target),
            "MSG" => ReadMessage(frame, target),
            "RECEIPT" => ReadReceipt(frame, target),
            "WATCHER" => ReadWatcher(frame, target),
            "MEMBER" => ReadMembership(frame, target),
            "INVITE" => ReadOffer(frame),
            "ANSWER" => ReadAnswer(frame, target),
            "CANCEL" => ReadEnd(frame),
            "REFER" => ReadReferral(frame),
            "INFO" => ReadAnnouncement(frame),
            _ => null,
        };
    }

    /// <summary>Null if the parameter is missing or no time.</summary>
    public static DateTimeOffset? Time(Parameters parameters, string name = "t") =>
        parameters[name] is { } text && WireTime.TryParse(text, out var time) ? time : null;

    /// <summary>Null if the parameter is missing or no number.</summary>
    public static long? Number(Parameters parameters, string name) =>
        long.TryParse(parameters[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static Notification ReadNotification(Frame frame, Place target)
    {
        var parameters = frame.Parameters;
        return new Notification(frame.Number, Time(parameters), target, parameters["id"], State(parameters["state"]),
            Number(parameters, "ver"), parameters["val"], parameters["why"])
        {
            Body = frame.Body,
            ContentType = parameters["type"],
        };
    }

    private static Message? ReadMessage(Frame frame, Place target)
    {
        var parameters = frame.Parameters;
        if (!Address.TryParse(parameters["from"], out var from, out _) || parameters["mid"] is not { } mid)
            return null;

        var wants = parameters["want"] is { Length: > 0 } list ? list.Split(',') : [];
        return new Message(frame.Number, Time(parameters), from, target, mid,
            parameters["type"] ?? PlainText, wants, frame.Body ?? default)
        {
            Subject = parameters["subject"],
            Class = parameters["class"],
            IsRequest = parameters["request"] == "yes",
            DelayedSince = Time(parameters, "delayed"),
        };
    }

    private static Receipt? ReadReceipt(Frame frame, Place target)
    {
        var parameters = frame.Parameters;
        return parameters["mid"] is { } mid && parameters["disp"] is { } disposition
            ? new Receipt(frame.Number, Time(parameters), target, mid, disposition, (int?)Number(parameters, "code"))
            : null;
    }

    private static WatcherRequest? ReadWatcher(Frame frame, Place target)
    {
        var parameters = frame.Parameters;
        return parameters["who"] is { } who
            ? new WatcherRequest(
                frame.Number, Time(parameters), target, who, parameters["what"] ?? "sub", parameters["state"])
            : null;
    }

    private static SubscriptionState? State(string? word) => word switch
    {
        "active" => SubscriptionState.Active,
        "pending" => SubscriptionState.Pending,
        "terminated" => SubscriptionState.Terminated,
        _ => null,
    };
}
