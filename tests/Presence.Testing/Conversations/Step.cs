namespace Presence.Testing.Conversations;

/// <summary>One thing that happens in a story, at a line of its file.</summary>
internal abstract record Step(int Line);

internal sealed record ClockStep(int Line, TimeSpan By) : Step(Line);

internal sealed record RemoveStep(int Line, string Local) : Step(Line);

/// <summary>Frames that may come in any order.</summary>
internal sealed record AnyOrderStep(int Line, IReadOnlyList<ExpectStep> Frames) : Step(Line);

internal abstract record ActorStep(int Line, string Actor) : Step(Line);

internal sealed record ConnectStep(int Line, string Actor, ConnectKind Kind) : ActorStep(Line, Actor);

/// <summary>A new address of the client of a key. Name, key and port may be variables.</summary>
internal sealed record ConnectUdpStep(int Line, string Actor, string Uid, string Key, string Port)
    : ActorStep(Line, Actor);

internal sealed record CutStep(int Line, string Actor) : ActorStep(Line, Actor);

internal sealed record ClosedStep(int Line, string Actor) : ActorStep(Line, Actor);

internal sealed record NothingStep(int Line, string Actor, long Tag) : ActorStep(Line, Actor);

/// <summary>A frame; `$name` in the line is replaced when it is sent.</summary>
internal sealed record SendStep(int Line, string Actor, string Text, string LineEnd, byte[]? Body)
    : ActorStep(Line, Actor);

internal sealed record RawStep(int Line, string Actor, byte[] Octets) : ActorStep(Line, Actor);

/// <param name="Optional">The frame may come before the next one that must.</param>
internal sealed record ExpectStep(int Line, string Actor, FramePattern Frame, bool Optional) : ActorStep(Line, Actor);

/// <summary>HELLO, AUTH and BIND with answers, as far as not done yet on the connection.</summary>
internal sealed record SignInStep(int Line, string Actor, SignInDepth Depth, SignInOptions Options, SignInTags Tags)
    : ActorStep(Line, Actor);

internal enum SignInDepth
{
    /// <summary>HELLO and AUTH; the last answer is left to the story.</summary>
    Attempt,
    Authenticate,
    Login,
}

/// <summary>Tags of the frames still to be sent; 0 means that the frame is not due.</summary>
/// <param name="Auth">Tag of the first AUTH; the second has the next number.</param>
internal sealed record SignInTags(long Hello, long Auth, long Bind);

/// <param name="Flag">Channel binding flag of SCRAM: n or y.</param>
/// <param name="Salt">What the story says about the salt; null for nothing.</param>
/// <param name="Bind">Parameters of BIND as they are sent, with a leading space each.</param>
internal sealed record SignInOptions(string User, string Password, char Flag, ValuePattern? Salt, string Bind);
