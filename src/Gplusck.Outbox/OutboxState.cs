namespace Gplusck.Outbox;

/// <summary>Where a transaction of the outbox stands.</summary>
public enum OutboxState
{
    /// <summary>Waiting for its nonce.</summary>
    Queued,

    /// <summary>Signed and recorded, possibly broadcast, in no block yet.</summary>
    Sent,

    /// <summary>Executed in a block. It goes back to <see cref="Sent"/> when a reorg takes that block away.</summary>
    Confirmed,

    /// <summary>Refused before it was signed, or reverted in a block; see <see cref="OutboxStatus.Error"/>.</summary>
    Failed,
}
