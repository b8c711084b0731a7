using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests;

/// <summary>Who may know whom. The left side may refer to the right side and to nothing else of this solution.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Presence.Model"] = [],
        ["Presence.Protocol"] = ["Presence.Model"],
        ["Presence.Contracts"] = ["Presence.Model"],
        ["Presence.Grains"] = ["Presence.Contracts", "Presence.Model"],
        ["Presence.Storage.Sqlite"] = [],
        ["Presence.Hosting"] = ["Presence.Grains", "Presence.Storage.Sqlite"],
        ["Presence.Sessions"] = ["Presence.Contracts", "Presence.Protocol", "Presence.Model"],
        ["Presence.Locating"] = ["Presence.Model"],
        ["Presence.Federation"] =
            ["Presence.Sessions", "Presence.Locating", "Presence.Contracts", "Presence.Protocol", "Presence.Model"],
        ["Presence.Grpc.Contracts"] = ["Presence.Protocol"],
        ["Presence.Transports"] =
            ["Presence.Sessions", "Presence.Protocol", "Presence.Grpc.Contracts", "Presence.Federation", "Presence.Locating"],
        ["Presence.WebConsole"] = [],
        ["Presence.Client"] = ["Presence.Grpc.Contracts", "Presence.Protocol", "Presence.Locating", "Presence.Model"],
        ["Presence.Cli"] = ["Presence.Client", "Presence.Locating"],
        ["WhoIsOnline"] = ["Presence.Client"],
        ["Presence.Microbench"] = ["Presence.Sessions", "Presence.Protocol", "Presence.Model"],
        ["Presence.Bench"] = ["Presence.Grpc.Contracts", "Presence.Protocol", "Presence.Model"],
    };

    // Orleans' contracts need both; whatever else they needed, every project would have.
    private static readonly string[] ContractPackages = ["Microsoft.Orleans.Sdk", "Microsoft.Orleans.Streaming"];

    private static readonly string[] OfTheGateway =
    [
        "Presence.Transports", "Presence.Federation", "Presence.Sessions", "Presence.Grains", "Presence.Hosting",
        "Presence.WebConsole",
    ];

    private static readonly string[] OfTheSiloHost = ["Presence.Grains", "Presence.Hosting"];

    private static readonly string[] OfTheSilo = ["Presence.Grains", "Presence.Storage.Sqlite", "Presence.Hosting"];

    private static IEnumerable<ProjectFile> Shipped => Checkout.Projects.Where(project => !project.IsTest);

    [Fact]
    public void Every_project_has_its_arrows_here()
    {
        Assert.Contains(Shipped, project => project.Name == "Presence.Model");
        Rule.HasNoBreach(Shipped.Where(project => ArrowsOf(project) is null).Select(project => project.Path));
    }

    [Fact]
    public void Projects_refer_only_to_those_they_may_know() => Rule.HasNoBreach(
        from project in Shipped
        from reference in project.References
        where !(ArrowsOf(project) ?? []).Contains(reference)
        select $"{project.Path} -> {reference}");

    [Fact]
    public void Only_the_composition_roots_and_what_they_share_know_grains_and_storage() => Rule.HasNoBreach(
        from project in Checkout.Projects
        where !project.IsTest && !project.IsCompositionRoot && project.Name != "Presence.Hosting"
        from reference in project.References.Intersect(OfTheSilo)
        select $"{project.Path} -> {reference}");

    [Fact]
    public void The_arrows_make_no_circle() => Rule.HasNoBreach(
        Checkout.Projects.Where(project => Reach(project).Contains(project)).Select(project => project.Path));

    [Fact]
    public void The_model_needs_no_package_and_the_contracts_only_those_of_orleans()
    {
        Assert.Empty(Project("Presence.Model").Packages);
        Assert.Empty(Project("Presence.Protocol").Packages);
        Rule.HasNoBreach(Project("Presence.Contracts").Packages.Except(ContractPackages));
    }

    [Theory]
    [InlineData("Presence.Client")]
    [InlineData("Presence.Cli")]
    [InlineData("Presence.Protocol")]
    public void What_runs_at_the_users_side_holds_no_orleans(string name) => Rule.HasNoBreach(
        from project in Reach(Project(name)).Append(Project(name))
        from package in project.Packages
        where package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)
        select $"{project.Path} -> {package}");

    [Fact]
    public void Each_project_name_stands_once() =>
        Assert.Equal(Checkout.Projects.Count, Checkout.Projects.DistinctBy(project => project.Name).Count());

    private static string[]? ArrowsOf(ProjectFile project) => project.Folder switch
    {
        "gateway" => OfTheGateway,
        "silo-host" => OfTheSiloHost,
        _ => Allowed.GetValueOrDefault(project.Name),
    };

    private static ProjectFile Project(string name) => Checkout.Projects.Single(project => project.Name == name);

    /// <summary>All that a project refers to, over any number of steps.</summary>
    private static HashSet<ProjectFile> Reach(ProjectFile project)
    {
        var reached = new HashSet<ProjectFile>();
        var ahead = new Stack<ProjectFile>([project]);
        while (ahead.TryPop(out var next))
        {
            foreach (var reference in next.References.Select(Project).Where(reached.Add))
                ahead.Push(reference);
        }

        return reached;
    }
}
