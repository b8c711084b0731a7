using Presence.Contracts.Routes;

namespace Presence.Contracts.Users;

/// <content>Endpoints and the sessions they are bound to.</content>
public partial interface IUserGrain
{
    /// <summary>Binds an endpoint to a session of a gateway.</summary>
    [Alias("bind")]
    Task<BindAnswer> Bind(EndpointBinding binding);

    /// <summary>The session is over: its endpoint goes, unacknowledged messages that nobody else holds fail.</summary>
    [Alias("unbind")]
    Task Unbind(string endpoint, string session);

    /// <summary>
    /// The session is gone with its gateway, not by the user's will: its endpoint goes, and unacknowledged messages that nobody
    /// else holds wait a while for his next session.
    /// </summary>
    [Alias("forsake")]
    Task Forsake(string endpoint, string session);

    /// <summary>
    /// The gateway tells of a session that lives: if it is known nothing changes, else it is bound again and shows what it
    /// showed. False if the session is over: its endpoint belongs to another one, or the user is no more.
    /// </summary>
    [Alias("assert")]
    Task<bool> Assert(SessionAssertion session);

    /// <summary>
    /// The session's connection is lost: after its grace the endpoint shows what it shows by default, and what it showed is
    /// remembered. If the session is not resumed within the time given it is over. False if the endpoint is not its own.
    /// </summary>
    [Alias("park")]
    Task<bool> Park(string endpoint, string session, TimeSpan resumeTime);

    /// <summary>The session has a connection again, and its endpoint shows what it showed; false if it is not its own any more.</summary>
    [Alias("resume")]
    Task<bool> Resume(string endpoint, string session);

    /// <summary>The session moves to another gateway: the one that has it is asked, and the endpoint shows what it showed.</summary>
    [Alias("take-over")]
    Task<HandOverAnswer> TakeOver(TakeOverRequest request);

    /// <summary>Ends sessions for an administrator, as the removal of the user would; tells how many.</summary>
    /// <param name="endpoint">Only that of this endpoint; null for all.</param>
    /// <param name="session">Only if it is this one; null for any.</param>
    /// <param name="reason">What their clients are told.</param>
    [Alias("end-sessions")]
    Task<int> EndSessions(string? endpoint, string? session, string reason);
}
