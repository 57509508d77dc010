using Gplusck.Chain;

namespace Gplusck.Host.Endpoints;

/// <summary>How many entries a list answers.</summary>
internal static class PageSize
{
    public const int Most = 500;
    private const int Usual = 50;

    /// <exception cref="InvalidInputException">Outside 1 to 500.</exception>
    public static int Of(int? limit) => limit switch
    {
        null => Usual,
        >= 1 and <= Most => limit.Value,
        _ => throw new InvalidInputException($"limit is {limit}: it must be 1 to {Most}."),
    };
}
