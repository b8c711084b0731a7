using System.Buffers;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Conformance statements TOK-01 to TOK-14 as far as they concern one line.</summary>
public sealed class TokenRuleTests
{
    [Theory]
    [InlineData("GET  3 a")]
    [InlineData("GET 3  a")]
    [InlineData("GET 3 a  val=x")]
    [InlineData(" GET 3 a")]
    [InlineData("GET 3 ")]
    [InlineData("GET 3 a ")]
    [InlineData("GET 3 a val=x ")]
    [Trait("Conformance", "TOK-01")]
    public void A_surplus_space_refuses_the_request_by_its_tag(string line) =>
        Wire.IsRefused(line, new FrameFault(400, 3, "bad-request"));

    [Theory]
    [InlineData(" ")]
    [InlineData("GET ")]
    [InlineData("GET  ")]
    [InlineData("GET  a")]
    [InlineData("GET")]
    [InlineData("NOTIFY #3  a")]
    [InlineData("200 0  ok")]
    [Trait("Conformance", "TOK-01")]
    public void A_surplus_space_with_no_tag_to_read_breaks_the_frame(string line) => Wire.Breaks(line + "\r\n");

    [Fact]
    public void A_refused_line_takes_its_body_with_it()
    {
        var input = new ReadOnlySequence<byte>("get 3 a {8}\r\nPING 9\r\n\r\nPING 4\r\n"u8.ToArray());
        var reader = new FrameReader(FrameLimits.Client);

        Assert.Equal(new FrameFault(400, 3, "bad-request"), reader.Read(ref input).Fault);
        Assert.Equal(4, reader.Read(ref input).Frame!.Number);
    }

    [Theory]
    [InlineData("get 3 a")]
    [InlineData("Get 3 a")]
    [InlineData("GE 3 a")]
    [InlineData("GETGETGET 3 a")]
    [InlineData("G3T 3 a")]
    [InlineData("g\xC3\xA9t 3 a")]
    [Trait("Conformance", "TOK-02")]
    public void A_verb_is_three_to_eight_capitals(string line) =>
        Wire.IsRefused(line, new FrameFault(400, 3, "bad-request"));

    [Theory]
    [InlineData("03")]
    [InlineData("0")]
    [InlineData("+3")]
    [InlineData("-3")]
    [InlineData("3a")]
    [InlineData("x")]
    [InlineData("1234567890123456789")]
    [InlineData("#0")]
    [InlineData("#03")]
    [InlineData("#")]
    [InlineData("#1234567890123456789")]
    [Trait("Conformance", "TOK-03")]
    public void A_bad_tag_leaves_nobody_to_answer(string tag) => Wire.Breaks($"GET {tag} a\r\n");

    [Fact]
    public void A_tag_has_up_to_eighteen_digits() =>
        Assert.Equal(999_999_999_999_999_999, Wire.Frame("GET 999999999999999999 a\r\n").Number);

    [Theory]
    [InlineData("SET 3 ~ a=1 a=2")]
    [InlineData("SET 3 ~ a=1 !a=1")]
    [InlineData("SET 3 ~ !a= b=2 a=")]
    [Trait("Conformance", "TOK-04")]
    public void A_name_given_twice_refuses_the_request(string line) =>
        Wire.IsRefused(line, new FrameFault(400, 3, "bad-request", "a"));

    [Fact]
    [Trait("Conformance", "TOK-05")]
    public void An_unknown_parameter_does_no_harm() =>
        Assert.Equal("1", Wire.Frame("SET 3 ~ x-new-thing=1 val=a\r\n").Parameters["x-new-thing"]);

    [Fact]
    [Trait("Conformance", "TOK-06")]
    public void The_first_unknown_critical_parameter_is_named()
    {
        var parameters = Wire.Frame("SEND 3 a x=1 !mid=q1 !seal-with=pq1 !other=1\r\n").Parameters;

        Assert.Equal("seal-with", parameters.FirstCriticalNotIn(["mid", "type"]));
        Assert.Null(parameters.FirstCriticalNotIn(["mid", "seal-with", "other"]));
    }

    [Theory]
    [InlineData("%20", " ")]
    [InlineData("%7B%7D", "{}")]
    [InlineData("%25", "%")]
    [InlineData("%2520", "%20")]
    [InlineData("%0D%0A%7F", "\r\n\x7f")]
    [InlineData("%C3%BC\xC3\xBC", "üü")]
    [InlineData("", "")]
    [InlineData("a=b==", "a=b==")]
    [Trait("Conformance", "TOK-07")]
    public void A_value_is_decoded_once(string wire, string value) =>
        Assert.Equal(value, Wire.First($"SET 3 ~ val={wire}\r\n").Frame!.Parameters["val"]);

    [Fact]
    public void A_long_value_is_decoded_like_a_short_one() =>
        Assert.Equal(new string(' ', 1000),
            Wire.Frame($"SET 3 ~ val={string.Concat(Enumerable.Repeat("%20", 1000))}\r\n").Parameters["val"]);

    [Theory]
    [InlineData("%0a")]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("%G0")]
    [InlineData("a%2xb")]
    [InlineData("%%25")]
    [Trait("Conformance", "TOK-08")]
    public void A_bad_escape_refuses_the_request(string wire)
    {
        Wire.IsRefused($"SET 3 ~ val={wire}", new FrameFault(400, 3, "bad-request", "val"));
        Wire.IsRefused($"SET 3 ~/{wire} val=a", new FrameFault(400, 3, "bad-request"));
    }

    [Theory]
    [InlineData("\xC0\xAF")]
    [InlineData("\xED\xA0\x80")]
    [InlineData("\xF4\x90\x80\x80")]
    [InlineData("\xC3")]
    [InlineData("\x80")]
    [InlineData("%C0%AF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F4%90%80%80")]
    [InlineData("%C3\xBC")]
    [InlineData("\xC3%BC")]
    [Trait("Conformance", "TOK-09")]
    public void Invalid_UTF_8_refuses_the_request_raw_and_encoded(string wire)
    {
        Wire.IsRefused($"SET 3 ~ val={wire}", new FrameFault(400, 3, "bad-request", "val"));
        Wire.IsRefused($"SET 3 ~/{wire} val=a", new FrameFault(400, 3, "bad-request"));
    }

    [Fact]
    [Trait("Conformance", "TOK-10")]
    public void An_encoded_NUL_refuses_the_request() =>
        Wire.IsRefused("SET 3 ~ val=a%00b", new FrameFault(400, 3, "bad-request", "val"));

    [Fact]
    [Trait("Conformance", "TOK-12")]
    public void An_unknown_verb_is_a_frame_for_the_dispatcher_to_refuse() =>
        Assert.Equal(("FROB", 60L), (Wire.Frame("FROB 60 a\r\n").Verb, Wire.Frame("FROB 60 a\r\n").Number));

    [Fact]
    [Trait("Conformance", "TOK-14")]
    public void Thirty_two_parameters_are_enough()
    {
        var most = "SET 3 ~" + string.Concat(Enumerable.Range(1, 32).Select(n => $" p{n}={n}"));

        Assert.Equal(32, Wire.Frame(most + "\r\n").Parameters.Count);
        Wire.IsRefused(most + " p33=33", new FrameFault(431, 3, "too-many"));
    }

    [Theory]
    [InlineData("GET 3 a b")]
    [InlineData("GET 3 val=a b")]
    [InlineData("GET 3 a =b")]
    [InlineData("GET 3 a !=b")]
    [InlineData("GET 3 a !!v=b")]
    [InlineData("GET 3 a Val=b")]
    [InlineData("GET 3 a 1v=b")]
    [InlineData("GET 3 a v_l=b")]
    [InlineData("GET 3 a abcdefghijklmnopq=b")]
    public void A_token_out_of_place_refuses_the_request(string line) =>
        Wire.IsRefused(line, new FrameFault(400, 3, "bad-request"));

    [Theory]
    [InlineData("200 3")]
    [InlineData("200 3 Ok")]
    [InlineData("200 3 ok more")]
    [InlineData("200 3 v=1")]
    [InlineData("600 3 ok")]
    [InlineData("099 3 ok")]
    [InlineData("20 3 ok")]
    public void A_bad_response_names_the_request_that_it_fails(string line) =>
        Wire.IsRefused(line, new FrameFault(400, 3, "bad-request") { Kind = FrameKind.Response });

    [Fact]
    public void Tag_0_is_for_responses_only() =>
        Assert.Equal(0, Wire.Frame("421 0 going-down retry=3\r\n").Number);

    [Theory]
    [InlineData("ACK #7\r\n", FrameKind.Acknowledgement)]
    [InlineData("ACK 7\r\n", FrameKind.Request)]
    [InlineData("MSG #7 ~\r\n", FrameKind.Event)]
    [InlineData("200 7 ok\r\n", FrameKind.Response)]
    public void The_first_two_tokens_tell_the_shape(string line, FrameKind kind) =>
        Assert.Equal((kind, 7L), (Wire.Frame(line).Kind, Wire.Frame(line).Number));

    [Fact]
    public void An_acknowledgement_has_no_target() => Wire.Breaks("ACK #7 a\r\n");

    [Fact]
    public void Common_words_are_read_without_a_new_string()
    {
        var (one, other) = (Wire.Frame("GET 3 a if-not=1\r\n"), Wire.Frame("GET 4 b if-not=2\r\n"));

        Assert.Same(one.Verb, other.Verb);
        Assert.Same(one.Parameters[0].Name, other.Parameters[0].Name);
        Assert.Same(Wire.Frame("200 3 ok\r\n").Reason, Wire.Frame("200 4 ok\r\n").Reason);
    }
}
