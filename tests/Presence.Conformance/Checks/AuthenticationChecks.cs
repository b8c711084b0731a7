using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Users;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>AUT: logging in.</summary>
internal static class AuthenticationChecks
{
    private const int Connections = 24;
    private const int FewConnections = 5;
    private const int FailuresEach = 2;

    [Check("AUT-02")]
    public static async Task The_third_failure_closes(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Opened();
        foreach (var attempt in Enumerable.Range(1, 3))
            await Fails(link, new ScramExchange(alice.Name, "not-the-password"));
        await link.Closed();
        await scene.Authenticated(alice);
    }

    [Check("AUT-03", Alone = true, Limit = 90)]
    public static async Task Unknown_users_do_not_show(Scene scene)
    {
        List<double> ofKnown = [], ofUnknown = [];
        string? shape = null;
        // Few failures a name, and many names: a server may make one that fails often wait, and should.
        for (var i = 0; i < (scene.HasFreshUsers ? Connections : FewConnections); i++)
        {
            var known = new Attempts(scene, await scene.User("known"));
            var unknown = new Attempts(scene, new Person("unknown", Scene.Fresh("zz"), "none", scene.Domain));
            foreach (var (one, times) in ((Attempts, List<double>)[])[(known, ofKnown), (unknown, ofUnknown)])
            {
                times.AddRange(await one.Make(FailuresEach));
                shape ??= one.Shape;
                if (one.Shape != shape)
                    throw new CheckFailedException($"expected the same exchange for an unknown user as for a wrong password, {shape}; got: {one.Shape}");
                if (one.Salts.Count != 1)
                    throw new CheckFailedException($"expected one salt in all attempts of one {one.Who.Role} user; got: {one.Salts.Count} different ones");
            }
        }

        if (!scene.HasFreshUsers)
            scene.Leave("the times, which need more users than --user gives");
        TwoSamples.MustBeAlike("the refusal of a wrong password", ofKnown, "that of an unknown user", ofUnknown);
    }

    [Check("AUT-04", Over = Over.Clear)]
    public static async Task No_password_in_clear(Scene scene)
    {
        var link = await scene.Opened();
        if (Mechanisms(link).Contains("PLAIN"))
            throw link.Failed("no PLAIN in auth= without TLS", $"{link.Hello}");
        await link.Expect("426 tls-required", $"AUTH PLAIN data={Scene.Base64("\0alice\0secret")}");
    }

    [Check("AUT-05", Over = Over.Tls)]
    public static async Task Wrong_channel_binding_is_refused(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Opened();
        NeedPlus(link);
        const string header = "p=tls-server-end-point,,";
        await Fails(link, new ScramExchange(alice.Name, alice.Password, header, new byte[32]), "SCRAM-SHA-256-PLUS");
        if (EndPointBinding(link) is not { } binding)
        {
            scene.Leave("right binding data are accepted; the certificate is not signed with SHA-256");
            return;
        }

        var right = new ScramExchange(alice.Name, alice.Password, header, binding);
        await link.Expect("200", $"AUTH * data={Scene.Base64(right.ClientFinal(await Challenge(link, right, "SCRAM-SHA-256-PLUS")))}");
    }

    [Check("AUT-06", Over = Over.Tls)]
    public static async Task The_flag_y_is_a_downgrade(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Opened();
        NeedPlus(link);
        var scram = new ScramExchange(alice.Name, alice.Password, "y,,");
        var answer = await link.Ask($"AUTH SCRAM-SHA-256 data={Scene.Base64(scram.ClientFirst)}");
        if (answer.Is("310"))
            answer = await link.Ask($"AUTH * data={Scene.Base64(scram.ClientFinal(Scene.Plain(answer["data"])))}");
        link.Must("435 auth-failed", answer, "the flag y, although -PLUS is listed");
    }

    [Check("AUT-07")]
    public static async Task The_lists_are_hashed(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Opened();
        var challenge = await Challenge(link, new ScramExchange(alice.Name, alice.Password), "SCRAM-SHA-256");
        var lists = Joined(Mechanisms(link));
        if (link.Hello!["cb"] is { Length: > 0 } bindings)
            lists += "\x1F" + Joined(bindings.Split(','));
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(lists)));
        if (ScramExchange.Find(challenge, 'h') != hash)
            throw link.Failed($"h={hash}, the hash of the lists in HELLO", challenge);
        scene.Leave("a client aborts when the list was modified");
    }

    [Check("AUT-08", Over = Over.Tls)]
    public static async Task EXTERNAL_needs_a_certificate(Scene scene)
    {
        var link = await scene.Opened();
        await link.Expect("435 auth-failed", "AUTH EXTERNAL data=");
        await link.Fence();
    }

    [Check("AUT-09", Over = Over.Tls)]
    public static async Task An_expired_token_is_told_to_programs(Scene scene)
    {
        var link = await scene.Opened();
        if (!Mechanisms(link).Contains("OAUTHBEARER"))
            throw new NotApplicableException("the server does not list OAUTHBEARER");
        var token = scene.Target.ExpiredToken
            ?? throw new NotApplicableException("needs an expired token of an issuer that the server trusts: --expired-token");
        var answer = await link.Expect("435 auth-failed", $"AUTH OAUTHBEARER data={Scene.Base64($"n,,\x01auth=Bearer {token}\x01\x01")}");
        if (!HasStatus(Scene.Plain(answer["data"])))
            throw link.Failed("data= with a JSON object that has a status (RFC 7628 section 3.2.2)", $"{answer}");
    }

    private static bool HasStatus(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("status", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [Check("AUT-10")]
    public static async Task An_exchange_can_be_given_up(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Opened("alice");
        await Challenge(link, new ScramExchange(alice.Name, alice.Password), "SCRAM-SHA-256");
        await link.Ask("AUTH * abort=yes");
        await scene.LogIn(link, alice);
    }

    [Check("AUT-11")]
    public static async Task Once_is_enough(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Authenticated(alice);
        var scram = new ScramExchange(alice.Name, alice.Password);
        await link.Expect("405", $"AUTH SCRAM-SHA-256 data={Scene.Base64(scram.ClientFirst)}");
        await link.Expect("200", "BIND ep=desk");
    }

    [Check("AUT-12")]
    public static async Task The_first_response_may_be_a_body(Scene scene)
    {
        var alice = await scene.User("alice");
        var link = await scene.Opened();
        var scram = new ScramExchange(alice.Name, alice.Password);
        var challenge = await link.Expect("310 continue", "AUTH SCRAM-SHA-256", scram.ClientFirst);
        await link.Expect("200", $"AUTH * data={Scene.Base64(scram.ClientFinal(Scene.Plain(challenge["data"])))}");
        var bearer = await scene.Opened("bearer");
        var small = await bearer.Ask($"AUTH OAUTHBEARER data={Scene.Base64(Token(8))}");
        var large = await bearer.Ask("AUTH OAUTHBEARER", Token(8192));
        if (small.First != large.First || small.Third != large.Third)
            throw bearer.Failed($"a token of 8 KiB in a body to be answered like a small one in data=, {small}", $"{large}");
    }

    [Check("AUT-13")]
    public static async Task Anonymous_reads_what_was_granted(Scene scene)
    {
        var alice = await scene.Online("alice");
        await alice.Expect("200", "SET ~/x.test.open val=hello");
        await alice.Expect("200", "SET ~/x.test.shut val=secret");
        await alice.Expect("200", "SETACL ~/x.test.open type=text/pip-acl", "allow anon read\r\n");
        await NeedAnonymous(scene, alice);
        var anon = await scene.Opened("anon");
        var got = await anon.Ask($"GET {alice}/x.test.open");
        if (!got.Is("200") || got["val"] != "hello")
            throw anon.Failed("200 with val=hello: anon was granted read (unless the policy of the domain excludes anonymous access)", $"{got}");
        foreach (var request in (string[])[$"GET {alice}/x.test.shut", $"GET {alice}/status", $"GET {alice}", $"SET {alice}/x.test.open val=x",
            $"SUB {alice}/x.test.open id=a", $"GET nobody-{Scene.Fresh("n")}@{scene.Domain}/x.test.open", "BIND ep=a", $"WATCHERS {alice}/status"])
            await anon.Expect("401 auth-required", request);
        await anon.Expect("401 auth-required", $"SEND {alice} mid=m1 type=text/plain", "hi");
    }

    /// <summary>A domain that says so in its policy lets nobody in who has not authenticated.</summary>
    internal static async Task NeedAnonymous(Scene scene, Link asker)
    {
        if (await LacksAnonymous(scene, asker))
            throw new NotApplicableException("the domain's policy excludes anonymous access (policy/anonymous is no)");
    }

    internal static async Task<bool> LacksAnonymous(Scene scene, Link asker) =>
        (await asker.Ask($"GET {scene.Domain}/policy/anonymous"))["val"] == "no";

    private static string Token(int length) => $"n,,\x01auth=Bearer {new string('x', length)}\x01\x01";

    private static string[] Mechanisms(Link link) => link.Hello!["auth"]?.Split(',') ?? [];

    private static string Joined(IEnumerable<string> names) => string.Join('\x1E', names.Order(StringComparer.Ordinal));

    private static void NeedPlus(Link link)
    {
        if (!Mechanisms(link).Contains("SCRAM-SHA-256-PLUS"))
            throw new NotApplicableException("the server does not list SCRAM-SHA-256-PLUS");
    }

    /// <summary>RFC 5929, for certificates signed with SHA-256.</summary>
    private static byte[]? EndPointBinding(Link link)
    {
        var certificate = (link.Stream as SslStream)?.RemoteCertificate as X509Certificate2;
        return certificate?.SignatureAlgorithm.FriendlyName?.Contains("sha256", StringComparison.OrdinalIgnoreCase) == true
            ? SHA256.HashData(certificate.RawData)
            : null;
    }

    private static async Task<string> Challenge(Link link, ScramExchange scram, string mechanism)
    {
        var challenge = await link.Expect("310 continue", $"AUTH {mechanism} data={Scene.Base64(scram.ClientFirst)}");
        return Scene.Plain(challenge["data"]);
    }

    private static async Task Fails(Link link, ScramExchange scram, string mechanism = "SCRAM-SHA-256") => await link.Expect(
        "435 auth-failed", $"AUTH * data={Scene.Base64(scram.ClientFinal(await Challenge(link, scram, mechanism)))}");

    /// <summary>Failed logins of one name: what they look like, and how long the refusal takes.</summary>
    private sealed class Attempts(Scene scene, Person who)
    {
        public Person Who => who;

        public HashSet<string> Salts { get; } = [];

        public string Shape { get; private set; } = "";

        /// <summary>Gives the milliseconds of each refusal.</summary>
        public async Task<List<double>> Make(int attempts)
        {
            List<double> times = [];
            await using var link = await scene.Opened(who.Role);
            for (var i = 0; i < attempts; i++)
            {
                var scram = new ScramExchange(who.Name, "not-the-password");
                var challenge = await Challenge(link, scram, "SCRAM-SHA-256");
                var final = scram.ClientFinal(challenge);
                var began = Stopwatch.GetTimestamp();
                var refused = await link.Expect("435 auth-failed", $"AUTH * data={Scene.Base64(final)}");
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Salts.Add(scram.Salt);
                var names = string.Join(',', challenge.Split(',').Select(part => part[..1]));
                var more = string.Join(' ', refused.Parameters);
                Shape = $"challenge {names} with a salt of {scram.Salt.Length} characters, i={scram.Rounds}; 435 {refused.Third} {more}".TrimEnd();
            }

            return times;
        }
    }
}
