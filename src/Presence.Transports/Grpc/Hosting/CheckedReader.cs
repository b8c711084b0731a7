using Grpc.Core;

namespace Presence.Transports.Grpc.Hosting;

/// <summary>
/// The messages of a stream, whose fault it is when a prefix makes no sense or octets cannot be unpacked: the caller's.
/// </summary>
internal sealed class CheckedReader<TRequest>(IAsyncStreamReader<TRequest> requests) : IAsyncStreamReader<TRequest>
{
    public TRequest Current => requests.Current;

    /// <exception cref="RpcException">What came is no message, or too long.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await requests.MoveNext(cancellationToken);
        }
        catch (Exception nonsense) when (nonsense is InvalidDataException or IOException)
        {
            // A connection that is lost ends here too; then nobody reads the status.
            throw CallFaults.NoSuchMessage();
        }
    }
}
