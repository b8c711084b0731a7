using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Presence.Cli.Checking;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Locating;
using Presence.Locating.Dns;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands;

/// <summary><c>presence check DOMAIN</c>: what others see of a domain, and what to do about it.</summary>
internal static class CheckCommand
{
    private static readonly string[] Services = ["server", "client"];

    public static Command Build(Surroundings surroundings)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "The domain, such as b.example" };
        var service = new Option<string[]>("--service") { Description = "server or client; both if not given" };
        service.AcceptOnlyFromAmong(Services);
        var dns = new Option<string>("--dns") { Description = "Resolver to ask, as IP address or address:port" };
        var authorities = new Option<string>("--ca") { Description = "PEM file of the authorities to trust" };
        var json = JsonOption.Create();
        var command = new Command("check", "Look at a domain's DNS records, servers and certificates as others do")
        {
            domain, service, dns, authorities, json,
        };
        command.SetAction((parsed, cancellation) => Outcome.Of(surroundings, async () =>
        {
            var report = new Report(surroundings.Out, surroundings.Error, parsed.GetValue(json));
            var check = Make(surroundings, parsed.GetValue(dns), parsed.GetValue(authorities));
            var wanted = parsed.GetValue(service) is { Length: > 0 } given ? given : Services;
            return await Run(check, Read(parsed.GetRequiredValue(domain)), wanted, report, cancellation);
        }, cancellation));
        return command;
    }

    internal static async Task<int> Run(
        DomainCheck check, Domain domain, IEnumerable<string> services, Report report, CancellationToken cancellation)
    {
        var isBad = false;
        foreach (var service in services)
        {
            var wanted = service == "client" ? PipService.Client : PipService.Server;
            await foreach (var finding in check.Check(domain, wanted, cancellation))
            {
                isBad |= finding.Verdict == Verdict.Bad;
                Tell(report, service, finding);
            }
        }

        return isBad ? ExitCode.Refused : ExitCode.Ok;
    }

    private static void Tell(Report report, string service, Finding finding)
    {
        var verdict = finding.Verdict.ToString().ToLowerInvariant();
        report.TellText($"{verdict,-4}  {service,-6}  {finding.Subject,-9}  {finding.Text}", finding.Advice,
            ("verdict", verdict), ("service", service), ("subject", finding.Subject), ("text", finding.Text),
            ("advice", finding.Advice));
    }

    private static DomainCheck Make(Surroundings surroundings, string? dns, string? authorities)
    {
        if (dns is not null && DnsServers.Parse(dns) is null)
            throw new UsageException($"'{dns}' is no IP address, with or without a port.");
        X509Certificate2Collection? roots = authorities is null ? null : AuthorityFile.Load(authorities);
        var resolver = new DnsResolver(new DnsOptions { Servers = dns is null ? [] : [dns] }, surroundings.Time);
        return new DomainCheck(resolver, new ServerCheck(
            new AddressBook(resolver, surroundings.Time), new AddressRace(surroundings.Time), roots, surroundings.Time));
    }

    private static Domain Read(string text) => Domain.TryParse(text, out var domain, out var fault)
        ? domain
        : throw new UsageException($"'{text}' is no domain: {fault.Sentence}");
}
