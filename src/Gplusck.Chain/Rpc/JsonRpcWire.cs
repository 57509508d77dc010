using System.Buffers;
using System.Text.Json;

namespace Gplusck.Chain.Rpc;

/// <summary>JSON-RPC 2.0 as bytes: requests written, answers matched to their calls by id.</summary>
internal static class JsonRpcWire
{
    /// <summary>A request whose ids count up from <paramref name="firstId"/>.</summary>
    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<(string Method, object?[] Args)> calls, long firstId, bool batch)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            if (batch)
            {
                writer.WriteStartArray();
            }

            for (int position = 0; position < calls.Count; position++)
            {
                WriteCall(writer, calls[position], firstId + position);
            }

            if (batch)
            {
                writer.WriteEndArray();
            }
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The result in an answer to one call.</summary>
    public static JsonElement Single(JsonElement answer, string method, long id)
    {
        ThrowIfError(answer, method);
        return IdOf(answer) == id
            ? ResultOf(answer, method)
            : throw new InvalidAnswerException($"The node's answer to {method} carries another call's id.");
    }

    /// <summary>The results in an answer to a batch, in the order of the calls.</summary>
    public static JsonElement[] Batch(
        JsonElement answer, IReadOnlyList<(string Method, object?[] Args)> calls, long firstId)
    {
        if (answer.ValueKind != JsonValueKind.Array)
        {
            ThrowIfError(answer, "a batch");
            throw new InvalidAnswerException("The node's answer to a batch is not a list.");
        }

        JsonElement?[] matched = new JsonElement?[calls.Count];
        foreach (JsonElement item in answer.EnumerateArray())
        {
            long position = IdOf(item) - firstId ?? -1;
            if (position < 0 || position >= matched.Length || matched[position] is not null)
            {
                ThrowIfError(item, "a batch");
                throw new InvalidAnswerException("The node's answer to a batch carries an id twice or a stray one.");
            }

            matched[position] = item;
        }

        return [.. matched.Select((item, position) => item is JsonElement found
            ? Result(found, calls[position].Method)
            : throw new InvalidAnswerException($"The node left {calls[position].Method} out of a batch."))];
    }

    private static void WriteCall(Utf8JsonWriter writer, (string Method, object?[] Args) call, long id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteNumber("id"u8, id);
        writer.WriteString("method"u8, call.Method);
        writer.WriteStartArray("params"u8);
        foreach (object? argument in call.Args)
        {
            JsonSerializer.Serialize(writer, argument);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static JsonElement Result(JsonElement answer, string method)
    {
        ThrowIfError(answer, method);
        return ResultOf(answer, method);
    }

    private static JsonElement ResultOf(JsonElement answer, string method) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("result"u8, out JsonElement result)
            ? result
            : throw new InvalidAnswerException($"The node's answer to {method} holds neither a result nor an error.");

    private static long? IdOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty("id"u8, out JsonElement id)
        && id.ValueKind == JsonValueKind.Number
        && id.TryGetInt64(out long value)
            ? value
            : null;

    public static void ThrowIfError(JsonElement answer, string method)
    {
        if (answer.ValueKind != JsonValueKind.Object
            || !answer.TryGetProperty("error"u8, out JsonElement error)
            || error.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        int code = error.TryGetProperty("code"u8, out JsonElement number)
            && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out int value)
            ? value
            : 0;
        throw new JsonRpcException(method, code, TextOf(error, "message") ?? "no reason given", TextOf(error, "data"));
    }

    private static string? TextOf(JsonElement error, string name)
    {
        try
        {
            return error.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : null;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidAnswerException("The node's error is not valid UTF-8.", exception);
        }
    }
}
