using System.Security.Cryptography;
using System.Text;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>ACL-17 and ACL-18: objects behind a passphrase (exchange E18).</summary>
internal static class PassphraseChecks
{
    [Check("ACL-17")]
    public static async Task Whether_there_is_one_does_not_show(Scene scene)
    {
        var (bob, alice) = await AccessChecks.Strangers(scene);
        List<string> places = [$"{bob}/x.test.thing", $"{bob}/x.test.never-was"];
        if (scene.Target.Protected is { } given)
            places.Add(given.Place);
        else
            scene.Leave("a protected object: PIP/1.0 leaves open how one is made, name one with --protected");
        List<string> shapes = [];
        foreach (var place in places)
        {
            var (one, two) = (await Challenge(alice, place), await Challenge(alice, place));
            if (one["salt"] != two["salt"] || one["i"] != two["i"])
                throw alice.Failed($"the same salt twice for {place}, {one}", $"{two}");
            if (one["nonce"] == two["nonce"])
                throw alice.Failed("a fresh nonce each time", $"{two}");
            shapes.Add($"{string.Join(' ', one.Parameters.Select(pair => pair.Key))} i={one["i"]}, salt of {one["salt"]?.Length} characters");
        }

        if (shapes.Distinct(StringComparer.Ordinal).Count() != 1)
            throw alice.Failed("one form of challenge for all of them", string.Join("; ", shapes));
        await alice.Expect("403", $"GET {bob}/x.test.thing");
    }

    [Check("ACL-18")]
    public static async Task A_proof_is_good_once(Scene scene)
    {
        var (place, phrase) = scene.Target.Protected
            ?? throw new NotApplicableException("PIP/1.0 leaves open how an owner sets a passphrase: name an object that has one with --protected");
        var alice = await scene.Connected("alice");
        var first = await Challenge(alice, place);
        var good = Answer(alice, first, "GET", place, phrase);
        await alice.Expect("200", good);
        await alice.Expect("401", good);
        var other = await Challenge(alice, place);
        await alice.Expect("401|403", Answer(alice, other, "GET", place, phrase).Replace("GET ", "SUB ", StringComparison.Ordinal) + " id=p expires=3600");
        await alice.Expect("401|403", Answer(alice, await Challenge(alice, place), "GET", place, phrase).Replace(place, $"{place}.other", StringComparison.Ordinal));
        var mallory = await scene.Connected("mallory");
        for (var i = 0; i < 5; i++)
            await mallory.Expect("401|403", Answer(mallory, await Challenge(mallory, place), "GET", place, "wrong"));
        var sixth = await mallory.Ask($"GET {place} pass=yes");
        if (!sixth.Is("429"))
            await mallory.Expect("429", Answer(mallory, sixth, "GET", place, "wrong"));
    }

    private static async Task<Frame> Challenge(Link link, string place)
    {
        var challenge = await link.Expect("401 pass-required", $"GET {place} pass=yes");
        return challenge["salt"] is not null && challenge["nonce"] is not null && int.TryParse(challenge["i"], out _)
            ? challenge
            : throw link.Failed("401 pass-required salt= i= nonce=", $"{challenge}");
    }

    /// <summary>As exchange E18 derives it.</summary>
    private static string Answer(Link link, Frame challenge, string verb, string place, string phrase)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(phrase.Normalize()), FromBase64Url(challenge["salt"]!),
            int.Parse(challenge["i"]!), HashAlgorithmName.SHA256, 32);
        var text = $"PIP/1 pass\0{challenge["nonce"]}\0{link}\0{verb}\0{place}";
        var proof = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return $"{verb} {place} nonce={challenge["nonce"]} proof={proof.TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
    }

    private static byte[] FromBase64Url(string text)
    {
        var plain = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='));
    }
}
