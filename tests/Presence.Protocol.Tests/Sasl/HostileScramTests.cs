using System.Text;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class HostileScramTests
{
    private static readonly byte[] ClientFirst = Encoding.UTF8.GetBytes(E1Vector.ClientFirst);
    private static readonly byte[] ServerFirst = Encoding.UTF8.GetBytes(E1Vector.ServerFirst);
    private static readonly byte[] ClientFinal = Encoding.UTF8.GetBytes(E1Vector.ClientFinal);
    private static readonly byte[] ServerFinal = Encoding.UTF8.GetBytes(E1Vector.ServerFinal);

    [Fact]
    public void Every_prefix_is_answered_with_a_value()
    {
        foreach (var prefix in Prefixes(ClientFinal))
            Assert.IsType<SaslOutcome.Failure>(AwaitingFinal().Step2(prefix));
        foreach (var prefix in Prefixes(ServerFinal))
            Assert.IsType<SaslOutcome.Failure>(Answered().Verify(prefix));
        foreach (var prefix in Prefixes(ClientFirst))
            AssertFailureOrLookup(E1Vector.Server().Step1(prefix));
        foreach (var prefix in Prefixes(ServerFirst))
            Assert.NotNull(Started().ClientFinal(prefix));
    }

    [Fact]
    public void Mutated_messages_are_answered_with_a_value_and_never_authenticate()
    {
        var any = new Generator(5802);
        for (var round = 0; round < 3000; round++)
        {
            AssertFailureOrLookup(E1Vector.Server().Step1(any.Mutate(any.Mutate(ClientFirst))));
            var final = any.Mutate(ClientFinal);
            if (!final.AsSpan().SequenceEqual(ClientFinal))
                Assert.IsType<SaslOutcome.Failure>(AwaitingFinal().Step2(final));
        }
    }

    [Fact]
    public void Mutated_server_messages_are_answered_with_a_value()
    {
        var any = new Generator(7677);
        for (var round = 0; round < 300; round++)
            Assert.NotNull(Started().ClientFinal(any.Mutate(any.Mutate(ServerFirst))));
    }

    [Fact]
    public void Noise_is_refused()
    {
        var any = new Generator(4422);
        for (var round = 0; round < 500; round++)
        {
            var noise = any.Octets(any.Below(300));
            Assert.IsType<SaslOutcome.Failure>(E1Vector.Server().Step1(noise));
            Assert.IsType<SaslOutcome.Failure>(AwaitingFinal().Step2(noise));
            Assert.IsType<SaslOutcome.Failure>(Started().ClientFinal(noise));
            Assert.Equal(PlainMessage.TryParse(noise, out var parsed), parsed is not null);
        }
    }

    [Fact]
    public void Messages_beyond_4096_octets_are_refused()
    {
        var tooLong = new byte[4097];
        Array.Fill(tooLong, (byte)'a');
        Assert.Equal(SaslFailure.TooLong, E1Vector.Server().Step1(tooLong).Reason());
        Assert.Equal(SaslFailure.TooLong, AwaitingFinal().Step2(tooLong).Reason());
        Assert.Equal(SaslFailure.TooLong, Started().ClientFinal(tooLong).Reason());
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("n,")]
    [InlineData("n,,")]
    [InlineData("x,,n=alice,r=abc")]
    [InlineData("p=,,n=alice,r=abc")]
    [InlineData("n,alice,n=alice,r=abc")]
    [InlineData("n,a=,n=alice,r=abc")]
    [InlineData("n,,n=,r=abc")]
    [InlineData("n,,n=alice,r=")]
    [InlineData("n,,r=abc,n=alice")]
    [InlineData("n,,n=alice")]
    [InlineData("n,,n=al=ice,r=abc")]
    [InlineData("n,,n=al=2cice,r=abc")]
    [InlineData("n,,n=alice=,r=abc")]
    [InlineData("n,,n=alice=2,r=abc")]
    [InlineData("n,,n=al\0ice,r=abc")]
    [InlineData("n,,n=alice,r=a c")]
    [InlineData("n,,n=alice,r=äbc")]
    [InlineData("n,,n=alice,r=abc,")]
    [InlineData("n,,n=alice,r=abc,x")]
    [InlineData("n,,n=alice,r=abc,n=bob")]
    public void A_malformed_client_first_is_refused(string message)
    {
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256));
        Assert.Equal(SaslFailure.Malformed, server.Step1(message).Reason());
    }

    [Fact]
    public void A_mandatory_extension_is_refused()
    {
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256));
        Assert.Equal(SaslFailure.UnknownExtension, server.Step1("n,,m=must,n=alice,r=abc").Reason());
    }

    [Fact]
    public void Long_names_and_nonces_and_many_attributes_are_refused()
    {
        string[] messages =
        [
            $"n,,n={new string('a', 513)},r=abc",
            $"n,,n=alice,r={new string('a', 257)}",
            "n,,n=alice,r=abc" + string.Concat(Enumerable.Repeat(",x=1", 40)),
        ];
        foreach (var message in messages)
            A_malformed_client_first_is_refused(message);
    }

    private static IEnumerable<byte[]> Prefixes(byte[] message) =>
        Enumerable.Range(0, message.Length).Select(length => message[..length]);

    private static void AssertFailureOrLookup(SaslOutcome outcome) =>
        Assert.True(outcome is SaslOutcome.Failure or SaslOutcome.VerifierWanted, outcome.ToString());

    private static ScramServerExchange AwaitingFinal()
    {
        var server = E1Vector.Server();
        server.Step1(ClientFirst);
        server.ServerFirst(E1Vector.Verifier);
        return server;
    }

    private static ScramClientExchange Started()
    {
        var client = E1Vector.Client();
        client.ClientFirst();
        return client;
    }

    private static ScramClientExchange Answered()
    {
        var client = Started();
        client.ClientFinal(ServerFirst);
        return client;
    }
}
