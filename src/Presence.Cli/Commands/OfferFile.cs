using System.Text;

namespace Presence.Cli.Commands;

/// <summary>What an invitation offers, or is answered with.</summary>
internal static class OfferFile
{
    /// <param name="file">A name, or <c>-</c> for the input.</param>
    /// <param name="input">Read to its end as text.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static byte[] Read(string file, TextReader input)
    {
        if (file == "-")
            return Encoding.UTF8.GetBytes(input.ReadToEnd());

        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Cannot read '{file}': {exception.Message}");
        }
    }
}
