using System.Numerics;
using Gplusck.Chain.Primitives;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gplusck.Host.Endpoints;

/// <summary>Says in the OpenAPI document how amounts, addresses and hashes are written.</summary>
internal static class ApiSchemas
{
    public static Task DescribeAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        (string Pattern, string Example)? form = type switch
        {
            _ when type == typeof(BigInteger) => ("^-?[0-9]+$", "1000000000000000000"),
            _ when type == typeof(Address) => ("^0x[0-9a-f]{40}$", "0x5fbdb2315678afecb367f032d93f642f64180aa3"),
            _ when type == typeof(Hash32) => ("^0x[0-9a-f]{64}$", $"{Hash32.Zero}"),
            _ => null,
        };
        if (form is { } text)
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = text.Pattern;
            schema.Examples = [text.Example];
        }

        return Task.CompletedTask;
    }
}
