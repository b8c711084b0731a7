using System.IO.Compression;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>The package of the client, made, put into a folder, and used by a program that knows nothing of this repository.</summary>
public sealed class ClientPackageTests
{
    // Compilers take their time where much else runs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly string[] Projects =
        ["Presence.Model", "Presence.Protocol", "Presence.Locating", "Presence.Grpc.Contracts", "Presence.Client"];

    [Fact]
    public async Task A_program_outside_the_repository_takes_the_package_and_runs_every_example_of_README_and_docstrings()
    {
        using var folder = new TemporaryFolder();
        var (feed, program) = (Path.Combine(folder.Path, "feed"), Path.Combine(folder.Path, "program"));
        foreach (var project in Projects)
            await Dotnet("pack", Path.Combine(Repository.Root, "src", project), "-c", "Release", "--no-build", "-o", feed);

        AssertHolds(Path.Combine(feed, "Presence.Client.0.1.0.nupkg"), "README.md", "lib/net10.0/Presence.Client.xml");
        AssertHolds(Path.Combine(feed, "Presence.Client.0.1.0.snupkg"), "lib/net10.0/Presence.Client.pdb");

        await using var node = await NodeProcess.Start(folder.Path);
        await node.AddUser("alice@localhost", "wonderland");
        await node.AddUser("bob@localhost", "builder");
        await WriteProgram(program, feed, $"pip://{node.Pip}");
        await Dotnet("build", program, "-c", "Release", "-nodeReuse:false");
        var output = await Dotnet(Path.Combine(program, "bin/Release/net10.0/program.dll"));

        Assert.Contains("it was Delivered", output, StringComparison.Ordinal);
        Assert.Contains("bob read Tea when you come?", output, StringComparison.Ordinal);
        Assert.True(ClientExamples.All.Count >= 7, $"{ClientExamples.All.Count} examples");
        Assert.Contains($"example {ClientExamples.All.Count - 1} is done", output, StringComparison.Ordinal);
    }

    /// <summary>Packages of others come from where this build got them; those under test go nowhere else.</summary>
    private static async Task WriteProgram(string folder, string feed, string server)
    {
        var others = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), ClientExamples.Program(server));
        await File.WriteAllTextAsync(Path.Combine(folder, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreSources>{feed}</RestoreSources>
                <RestorePackagesPath>{folder}/packages</RestorePackagesPath>
                <RestoreFallbackFolders>{others}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Presence.Client" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
    }

    private static void AssertHolds(string package, params string[] entries)
    {
        using var archive = ZipFile.OpenRead(package);
        Assert.Subset(archive.Entries.Select(entry => entry.FullName).ToHashSet(), entries.ToHashSet());
    }

    private static async Task<string> Dotnet(params string[] arguments)
    {
        var (code, output, errors) = await Script.Run("dotnet", arguments, environment: null, Patience);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}: {errors}{output}");
        return output;
    }
}
