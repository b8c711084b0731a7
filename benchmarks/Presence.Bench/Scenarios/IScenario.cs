namespace Presence.Bench.Scenarios;

/// <summary>One kind of load.</summary>
internal interface IScenario
{
    /// <summary>Accounts that must be there.</summary>
    int Users { get; }

    /// <summary>Who must be able to watch whom before it begins, where the protocol has no quick way to say so.</summary>
    IEnumerable<Contact> Contacts => [];

    /// <summary>Name of what is counted, for the table.</summary>
    string Unit { get; }

    /// <summary>Sizes, for the table.</summary>
    string Sizes { get; }

    Task Run();

    /// <summary>What only this scenario measures, as name and number.</summary>
    IEnumerable<(string Name, double Value)> Extras => [];
}
