namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Reward roots.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Epochs">Newest first.</param>
internal sealed record RewardsAnswer(
    long AsOfBlock,
    IReadOnlyList<RewardEpochEntry> Epochs);
