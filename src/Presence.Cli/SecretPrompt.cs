using System.Text;

namespace Presence.Cli;

/// <summary>Reads a password from the terminal without echo.</summary>
internal static class SecretPrompt
{
    public static string? Ask(string prompt)
    {
        if (Console.IsInputRedirected)
            return null;

        Console.Error.Write(prompt);
        var secret = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                secret.Length = Math.Max(0, secret.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                secret.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return secret.ToString();
    }
}
