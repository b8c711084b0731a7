using System.Text;

namespace Presence.Storage.Sqlite.Tests;

/// <summary>
/// The child of <see cref="KilledProcessTests"/>: many writers at once; each key goes to standard output, as one
/// line, as soon as its write is answered, until somebody kills the process.
/// </summary>
internal static class AcknowledgingChild
{
    public const string Verb = "--write-until-killed";

    private const int Writers = 16;

    public static async Task<int> Run(string path)
    {
        using var storage = await OpenStorage.At(path);
        using var output = Console.OpenStandardOutput();
        var oneAtATime = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                var key = $"{writer}-{i}";
                await storage.Write(key, key);
                lock (oneAtATime)
                    output.Write(Encoding.ASCII.GetBytes(key + "\n"));
            }
        }));
        return 0;
    }
}
