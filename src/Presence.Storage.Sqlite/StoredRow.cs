namespace Presence.Storage.Sqlite;

internal sealed record StoredRow(long Etag, byte[] Payload);
