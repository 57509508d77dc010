namespace Gplusck.Chain.Rpc;

/// <summary>The node answered a call with an error object.</summary>
/// <remarks>Never tried again by the client: the node understood the call and refused it.</remarks>
public sealed class JsonRpcException : GplusckException
{
    /// <summary>The node's error to a call of <paramref name="method"/>.</summary>
    public JsonRpcException(string method, int code, string nodeMessage, string? dataHex)
        : base($"The node refused {method}: {nodeMessage} (code {code}).")
    {
        Method = method;
        Code = code;
        NodeMessage = nodeMessage;
        DataHex = dataHex;
    }

    /// <summary>The method that was called.</summary>
    public string Method { get; }

    /// <summary>The node's error code: 3 for a revert, -32xxx for the errors JSON-RPC and EIP-1474 name.</summary>
    public int Code { get; }

    /// <summary>The node's own words.</summary>
    public string NodeMessage { get; }

    /// <summary>The error's data when it is text: for a revert, what the contract returned, as <c>0x…</c>.</summary>
    public string? DataHex { get; }
}
