using System.Buffers;
using System.Text.Json;

namespace Gplusck.Chain.Rpc;

/// <summary>A node's answer to a batch as bytes in a pooled buffer. Dispose it to give the buffer back.</summary>
public sealed class RawAnswer : IDisposable
{
    private readonly Range[] _results;
    private byte[]? _buffer;

    private RawAnswer(byte[] buffer, int length, Range[] results)
    {
        _buffer = buffer;
        Length = length;
        _results = results;
    }

    /// <summary>Bytes of the whole answer.</summary>
    public int Length { get; }

    /// <summary>The result of the call at a position of the batch: JSON, perhaps <c>null</c>.</summary>
    public ReadOnlySpan<byte> Result(int position)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        return _buffer.AsSpan(_results[position]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is byte[] buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Finds the results in an answer, by the ids of their calls. Takes the pooled buffer over.</summary>
    /// <exception cref="JsonRpcException">The node answered one of the calls, or all, with an error.</exception>
    /// <exception cref="InvalidAnswerException">The answer breaks the protocol.</exception>
    internal static RawAnswer Of(
        byte[] buffer, int length, IReadOnlyList<(string Method, object?[] Args)> calls, long firstId)
    {
        try
        {
            return new RawAnswer(buffer, length, FindResults(buffer.AsSpan(0, length), calls, firstId));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static Range[] FindResults(
        ReadOnlySpan<byte> answer, IReadOnlyList<(string Method, object?[] Args)> calls, long firstId)
    {
        JsonCursor cursor = new(answer);
        if (answer[cursor.Position] != '[')
        {
            JsonRpcWire.ThrowIfError(Parse(answer), "a batch");
            throw new InvalidAnswerException("The node's answer to a batch is not a list.");
        }

        Range[] results = new Range[calls.Count];
        bool[] found = new bool[calls.Count];
        cursor.EnterArray();
        while (cursor.NextItem())
        {
            int start = cursor.Position;
            (long? id, Range result) = ReadItem(ref cursor);
            int position = id - firstId is long offset and >= 0 && offset < calls.Count && !found[offset]
                ? (int)offset
                : -1;
            if (position < 0 || result.Equals(default))
            {
                string method = position < 0 ? "a batch" : calls[position].Method;
                JsonRpcWire.ThrowIfError(Parse(answer[start..cursor.Position]), method);
                throw new InvalidAnswerException(position < 0
                    ? "The node's answer to a batch carries an id twice or a stray one."
                    : $"The node's answer to {method} holds neither a result nor an error.");
            }

            found[position] = true;
            results[position] = result;
        }

        int missing = Array.IndexOf(found, false);
        return missing < 0
            ? results
            : throw new InvalidAnswerException($"The node left {calls[missing].Method} out of a batch.");
    }

    private static (long? Id, Range Result) ReadItem(ref JsonCursor cursor)
    {
        long? id = null;
        Range result = default;
        bool failed = false;
        cursor.EnterObject();
        while (cursor.NextProperty(out ReadOnlySpan<byte> name))
        {
            int start = cursor.Position;
            ReadOnlySpan<byte> value = cursor.SkipValue();
            if (name.SequenceEqual("id"u8))
            {
                id = long.TryParse(value, out long number) ? number : null;
            }
            else if (name.SequenceEqual("result"u8))
            {
                result = start..(start + value.Length);
            }
            else if (name.SequenceEqual("error"u8))
            {
                failed = value[0] == '{';
            }
        }

        return (id, failed ? default : result);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> item)
    {
        try
        {
            // From the opening brace of an item, or from the start of the answer, to wherever it ends.
            Utf8JsonReader reader = new(item);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            throw JsonCursor.Malformed();
        }
    }
}
