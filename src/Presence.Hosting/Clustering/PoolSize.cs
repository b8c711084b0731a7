using System.Data.Common;
using Presence.Hosting.Options;

namespace Presence.Hosting.Clustering;

/// <summary>
/// How many connections one process opens to PostgreSQL. Npgsql opens up to 100 and PostgreSQL takes 100 from all, unless told otherwise:
/// two silos that read many grains at once would be refused. With fewer they wait for each other.
/// </summary>
internal static class PoolSize
{
    private const int Standard = 20;
    private const string Name = "Maximum Pool Size";

    private static readonly string[] Said = [Name, "MaxPoolSize", "Pooling"];

    /// <summary>The same string, with a bound unless it has one.</summary>
    /// <exception cref="StartRefusedException">It is no connection string.</exception>
    public static string Bound(string connection)
    {
        try
        {
            var said = new DbConnectionStringBuilder { ConnectionString = connection };
            if (Said.Any(said.ContainsKey))
                return connection;
            said[Name] = Standard;
            return said.ConnectionString;
        }
        catch (ArgumentException cause)
        {
            throw new StartRefusedException(
                $"{ClusterOptions.Section}:{nameof(ClusterOptions.Connection)}: this is no connection string of PostgreSQL",
                cause);
        }
    }
}
