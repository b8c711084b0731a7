using System.Reflection;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Run;

/// <summary>One method that proves a statement.</summary>
internal sealed record Check(CheckAttribute Of, Func<Scene, Task> Play)
{
    /// <summary>All of this program, by statement.</summary>
    public static IReadOnlyDictionary<string, Check> All { get; } =
        (from type in typeof(Check).Assembly.GetTypes()
         from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
         let attribute = method.GetCustomAttribute<CheckAttribute>()
         where attribute is not null
         select new Check(attribute, method.CreateDelegate<Func<Scene, Task>>()))
        .ToDictionary(check => check.Of.Id, StringComparer.Ordinal);

    /// <summary>What HELLO must announce for a client to use the verbs of this check; null for what every server has.</summary>
    public string? Feature => Of.Id switch
    {
        "UDP-08" or "UDP-09" or "RES-01" or "RES-02" or "RES-14" => null,
        "RES-09" => "sync",
        _ => Of.Id[..3] switch { "RES" => "resume", "GRP" => "group", "INV" => "invite", "UDP" => "udp", _ => null },
    };

    /// <summary>Null if it can be tried over this carrier.</summary>
    public string? Misses(Carrier carrier) => Of.Over switch
    {
        _ when carrier == Carrier.Grpc && Of.Id.StartsWith("FRM", StringComparison.Ordinal) =>
            "about the octets of frames, which typed messages do not have",
        Over.Stream when carrier is Carrier.WebSocket or Carrier.Grpc => "about a stream of octets: run it over TCP",
        Over.Clear when carrier != Carrier.Clear => "about clear text: run it against a clear-text port",
        Over.Tls when carrier != Carrier.Tls => "about TLS: run it with --tls",
        Over.WebSocket when carrier != Carrier.WebSocket => "about WebSocket: run it with --ws",
        _ => null,
    };
}
