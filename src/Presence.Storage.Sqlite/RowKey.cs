namespace Presence.Storage.Sqlite;

internal readonly record struct RowKey(GrainId Grain, string StateName)
{
    public override string ToString() => $"state '{StateName}' of {Grain}";
}
