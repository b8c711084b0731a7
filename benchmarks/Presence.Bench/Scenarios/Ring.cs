namespace Presence.Bench.Scenarios;

/// <summary>Users in a ring, each of whom has the nearest on both sides as contacts.</summary>
/// <param name="Users">How many there are.</param>
/// <param name="Reach">How many on each side are contacts.</param>
internal sealed record Ring(int Users, int Reach)
{
    /// <summary>As many as the options say.</summary>
    /// <exception cref="BenchException">There are too few users for so many contacts.</exception>
    public static Ring Of(BenchRun run, int users, int contacts)
    {
        var ring = new Ring(run.Option("users", users), Math.Max(1, run.Option("contacts", contacts) / 2));
        return ring.Users > ring.Contacts
            ? ring
            : throw new BenchException($"--users {ring.Users}: more than {ring.Contacts} are needed for that many contacts.");
    }

    /// <summary>Contacts of each.</summary>
    public int Contacts => 2 * Reach;

    public IEnumerable<Contact> Pairs =>
        from user in Enumerable.Range(0, Users)
        from distance in Enumerable.Range(1, Reach)
        select new Contact(user, At(user + distance), IsMutual: true);

    public IEnumerable<int> Around(int user) =>
        Enumerable.Range(1, Reach).SelectMany(distance => new[] { At(user + distance), At(user - distance) });

    /// <summary>Which of a user's contacts another is, from 0; -1 if none.</summary>
    public int SlotOf(int user, int other)
    {
        if (other < 0 || other >= Users)
            return -1;
        var distance = At(other - user);
        return distance == 0 ? -1
            : distance <= Reach ? distance - 1
            : distance >= Users - Reach ? Users - distance + Reach - 1
            : -1;
    }

    private int At(int user) => (user + Users) % Users;
}
