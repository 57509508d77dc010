namespace Gplusck.Chain.Rpc;

/// <summary>How patiently and how much a node is asked.</summary>
public sealed class JsonRpcOptions
{
    /// <summary>Longest wait for one attempt, from sending to the last byte of the answer.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is tried again after a transport error, a timeout, status 429 or 5xx.</summary>
    /// <value>The default is 5; 0 never tries again.</value>
    public int RetriesMax { get; set; } = 5;

    /// <summary>Wait before the first retry; it doubles with each, with jitter, up to <see cref="DelayMax"/>.</summary>
    /// <value>The default is 200 milliseconds.</value>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before a retry, also when the node's Retry-After asks for more.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan DelayMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most calls in one HTTP request; a longer batch is sent in parts, one after the other.</summary>
    /// <value>The default is 100.</value>
    public int BatchCallsMax { get; set; } = 100;

    /// <summary>Largest answer that is read.</summary>
    /// <value>Bytes. The default is 256 MiB.</value>
    public int AnswerBytesMax { get; set; } = 256 * 1024 * 1024;
}
