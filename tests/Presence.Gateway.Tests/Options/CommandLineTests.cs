namespace Presence.Gateway.Tests.Options;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData]
    [InlineData("--Presence:Data=/srv/x")]
    [InlineData("--Presence:Data", "/srv/x", "--Logging:LogLevel:Presence=Debug")]
    public void Settings_pass(params string[] args) => CommandLine.Check(args);

    [Theory]
    [InlineData("--port=80")]
    [InlineData("run")]
    [InlineData("--Presense:Data=x")]
    [InlineData("--Presence:Data")]
    [InlineData("--Presence:Data=x", "extra")]
    public void What_would_be_passed_over_in_silence_is_refused(params string[] args)
    {
        var refused = Assert.Throws<StartRefusedException>(() => CommandLine.Check(args));

        Assert.Contains(args[^1], refused.Message, StringComparison.Ordinal);
    }
}
