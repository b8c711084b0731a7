namespace Presence.Bench.Tests;

public sealed class BenchOptionsTests
{
    [Theory]
    [InlineData("login --frobs 3", "The argument '--frobs' is not understood; see presence bench --help.")]
    [InlineData("login 3", "The argument '3' is not understood; see presence bench --help.")]
    [InlineData("login --logins", "The option --logins lacks its value.")]
    [InlineData("login --logins many", "--logins many: a whole number from 1 is needed.")]
    [InlineData("login --logins 0", "--logins 0: a whole number from 1 is needed.")]
    [InlineData("login --server localhost", "--server localhost: an IP address and port are needed.")]
    [InlineData("dance", "There is no scenario 'dance'; see presence bench --help.")]
    [InlineData("login --peer jabberd", "There is no peer 'jabberd': ejabberd, prosody, prosody-tuned, limit.")]
    [InlineData("login --peer limit --tls", "--tls, --ws and --grpc are for servers that speak PIP; peers run in clear text.")]
    [InlineData("login --peer limit --tls --grpc", "One of --tls, --ws and --grpc at a time.")]
    [InlineData("all --only dance", "--only dance: there is no such row.")]
    [InlineData("login --start", "--start needs --node Presence.Gateway.dll.")]
    public async Task What_cannot_be_run_is_told_in_a_sentence(string arguments, string sentence)
    {
        var refused = await Assert.ThrowsAsync<BenchException>(() => SmallRun.Run(arguments));

        Assert.Equal(sentence, refused.Message);
    }
}
