namespace Gplusck.Compute.Jobs;

/// <summary>The loss that the digits network is trained on, and its gradient.</summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>
    /// Replaces each row of scores by softmax(scores) − one-hot(label): the gradient of that row's loss.
    /// </summary>
    /// <returns>The mean loss of the rows.</returns>
    public static double TurnIntoGradient(Span<float> scores, ReadOnlySpan<byte> labels)
    {
        int classes = scores.Length / labels.Length;
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            loss += TurnRow(scores.Slice(row * classes, classes), labels[row]);
        }

        return loss / labels.Length;
    }

    private static double TurnRow(Span<float> row, int label)
    {
        float largest = float.MinValue;
        foreach (float score in row)
        {
            largest = MathF.Max(largest, score);
        }

        double sum = 0;
        foreach (float score in row)
        {
            sum += Math.Exp(score - largest);
        }

        double loss = Math.Log(sum) - (row[label] - largest);
        foreach (ref float score in row)
        {
            score = (float)(Math.Exp(score - largest) / sum);
        }

        row[label] -= 1;
        return loss;
    }
}
