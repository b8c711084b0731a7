using System.Net;

namespace Presence.Bench.Links;

/// <summary>
/// One user's connection, in whatever protocol the server speaks, so that every scenario puts the same work on every server.
/// Users are numbers: user 7 is bench7.
/// </summary>
internal interface ILink : IDisposable
{
    /// <summary>Runs on the thread that reads the sockets.</summary>
    delegate void Taken(ILink link, Happening happening);

    /// <summary>Where the link stands among those that were opened with it.</summary>
    int Index { get; }

    /// <summary>Connects and logs in; the user is online then.</summary>
    /// <exception cref="BenchException">The server refuses, or the connection breaks.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    Task LogIn(EndPoint server, int user);

    /// <summary>Asks for a sign of life, which stands behind everything that the server wrote before.</summary>
    Task Ping();

    /// <summary>Takes leave; from here on the server may close.</summary>
    Task Quit();

    /// <summary>Lets another user watch this one. Nothing to do where contacts are made before the server starts.</summary>
    Task Allow(int watcher);

    /// <summary>Begins to watch an owner who allows it; the first value follows. Nothing to do where the login does it.</summary>
    Task Watch(int owner);

    /// <summary>Changes the own status.</summary>
    /// <param name="number">From 1; it comes back as the number of the value.</param>
    void Say(int number);

    /// <summary>Asks to watch an owner, for longer than this session.</summary>
    void Ask(int owner);

    /// <summary>Answers such a request with yes.</summary>
    void Grant(int watcher);

    /// <param name="wantsReceipt">True to be told when the recipient's client has it.</param>
    void Send(int recipient, int number, bool wantsReceipt);

    /// <summary>
    /// From here on what came is acknowledged by <see cref="Acknowledge"/> alone. Nothing to do in a protocol without acknowledgements, nor over
    /// gRPC, where another thread does it.
    /// </summary>
    void HoldAcknowledgements()
    {
    }

    /// <summary>Acknowledges what has come since the last time, if it is held.</summary>
    void Acknowledge()
    {
    }

    /// <summary>Makes a group, or joins one that is there.</summary>
    Task Enter(string group, bool isFirst);

    void SendToGroup(string group, int number);
}
