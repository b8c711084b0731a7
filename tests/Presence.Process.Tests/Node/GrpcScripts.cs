namespace Presence.Process.Tests.Node;

/// <summary>Scripts that speak gRPC, with what .ci/run installs for them: Debian's python3-grpcio, npm's @grpc/grpc-js.</summary>
internal static class GrpcScripts
{
    /// <summary>Debian's own: another one may come first on the PATH, and does not find Debian's packages.</summary>
    private const string Python = "/usr/bin/python3";

    public static string Protos => Path.Combine(Repository.Root, "src", "Presence.Grpc.Contracts", "Protos");

    /// <summary>Makes the Python modules of presence.v1, and of further files, in a folder.</summary>
    public static async Task MakeStubs(string folder, params string[] more)
    {
        var script = Path.Combine(Repository.Root, "samples", "python", "stubs.sh");
        var (code, output, errors) = await Script.Run("sh", [script, folder, .. more]);
        Assert.True(code == 0, $"{script} ended with {code}: {errors}{output}");
    }

    public static Task<string> RunPython(string path, string stubs, params string[] arguments) =>
        Run(Python, path, new Dictionary<string, string> { ["PYTHONPATH"] = stubs }, arguments);

    public static Task<string> RunNode(string path, params string[] arguments)
    {
        var packages = Path.Combine(Repository.Root, "samples", "node", "node_modules");
        Assert.True(Directory.Exists(packages), "npm ci --prefix samples/node is needed; .ci/run does it.");
        return Run("node", path, new Dictionary<string, string> { ["NODE_PATH"] = packages }, arguments);
    }

    private static async Task<string> Run(
        string interpreter, string path, Dictionary<string, string> environment, string[] arguments)
    {
        var (code, output, errors) = await Script.Run(interpreter, [path, .. arguments], environment);
        Assert.True(code == 0, $"{path} ended with {code}: {errors}{output}");
        return output;
    }
}
