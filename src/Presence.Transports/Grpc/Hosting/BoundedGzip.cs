using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Presence.Transports.Grpc.Hosting;

/// <summary>
/// Gzip that gives no more than a message may have, however little it came in, and whose damaged octets are the caller's fault.
/// </summary>
internal sealed class BoundedGzip(int most) : ICompressionProvider
{
    private readonly GzipCompressionProvider _gzip = new(CompressionLevel.Fastest);

    public string EncodingName => _gzip.EncodingName;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        _gzip.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream) => new Bounded(_gzip.CreateDecompressionStream(stream), most);

    private sealed class Bounded(Stream gzip, int most) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count;
            try
            {
                count = gzip.Read(buffer);
            }
            catch (InvalidDataException)
            {
                throw CallFaults.NoSuchMessage();
            }

            _given += count;
            return _given <= most ? count : throw new RpcException(
                new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));
        }

        public override void Flush()
        {
            // Nothing is written here.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                gzip.Dispose();
            base.Dispose(disposing);
        }
    }
}
