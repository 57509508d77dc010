namespace Gplusck.Compute.Jobs;

/// <summary>Trains a <see cref="DigitModel"/> by gradient descent whose matrix products are microcells.</summary>
/// <remarks>
/// Forward: X·W1, H·W2. Backward: dY·W2ᵀ, Hᵀ·dY, Xᵀ·dH. All five are signed 8-bit products; every operand has one
/// scale. Quantising, ReLU, softmax, bias sums and the update stay here, with the requester. Whatever an operand is,
/// each element that comes back is cut to a limit before use, so a wrong cell costs at most one bounded step.
/// </remarks>
public sealed class DigitTraining
{
    // No honest element of dY·W2ᵀ comes near this.
    private const float HiddenGradientLimit = 4;

    private readonly DigitImages _images;
    private readonly TrainingOptions _options;
    private readonly Random _random;
    private readonly BatchSampler _sampler;

    /// <summary>Starts or goes on with the training of a model.</summary>
    /// <param name="model">The model; changed by every step.</param>
    /// <param name="stepsTaken">Steps that the model has behind it.</param>
    /// <param name="images">What to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="random">Draws batches and rounds gradients.</param>
    public DigitTraining(DigitModel model, long stepsTaken, DigitImages images, TrainingOptions options, Random random)
    {
        Model = model;
        StepsTaken = stepsTaken;
        _images = images;
        _options = options;
        _random = random;
        _sampler = new BatchSampler(images.Count, options.BatchImages, random);
    }

    /// <summary>The model as it stands.</summary>
    public DigitModel Model { get; }

    /// <summary>Steps taken so far.</summary>
    public long StepsTaken { get; private set; }

    /// <summary>Takes one step. When it throws, the model is as before.</summary>
    public async Task<TrainingStep> StepAsync(ICellExecutor executor, CancellationToken cancellationToken)
    {
        (QuantisedMatrix x, byte[] labels) = DrawBatch();
        QuantisedMatrix w1 = QuantisedMatrix.Nearest(x.Columns, Model.Hidden, Model.InputWeights);
        QuantisedMatrix w2 = QuantisedMatrix.Nearest(Model.Hidden, DigitImages.Classes, Model.OutputWeights);

        TiledProduct forwardHidden = Cut(x, w1.Transpose());
        float[] active = await MultiplyAsync(executor, forwardHidden, cancellationToken);
        AddBiases(active, Model.HiddenBiases, 0, _options.ActivationLimit);
        QuantisedMatrix h = QuantisedMatrix.Nearest(x.Rows, Model.Hidden, active);

        TiledProduct forwardScores = Cut(h, w2.Transpose());
        float[] scores = await MultiplyAsync(executor, forwardScores, cancellationToken);
        AddBiases(scores, Model.OutputBiases, -_options.ActivationLimit, _options.ActivationLimit);
        double loss = SoftmaxCrossEntropy.TurnIntoGradient(scores, labels);
        QuantisedMatrix dy = QuantisedMatrix.Stochastic(x.Rows, DigitImages.Classes, scores, _random);

        TiledProduct backwardHidden = Cut(dy, w2);
        TiledProduct backwardOutput = Cut(h.Transpose(), dy.Transpose());
        IReadOnlyList<int[]> both = await executor.ExecuteAsync(
            [.. backwardHidden.Cells, .. backwardOutput.Cells], cancellationToken);
        float[] dh = Scaled(backwardHidden, [.. both.Take(backwardHidden.Cells.Count)]);
        float[] outputGradient = Scaled(backwardOutput, [.. both.Skip(backwardHidden.Cells.Count)]);
        MaskInactive(dh, active);

        QuantisedMatrix dhQuantised = QuantisedMatrix.Stochastic(x.Rows, Model.Hidden, dh, _random);
        TiledProduct backwardInput = Cut(x.Transpose(), dhQuantised.Transpose());
        float[] inputGradient = await MultiplyAsync(executor, backwardInput, cancellationToken);

        Descend(Model.InputWeights, inputGradient, x.Rows);
        Descend(Model.HiddenBiases, ColumnSums(dh, Model.Hidden), x.Rows);
        Descend(Model.OutputWeights, outputGradient, x.Rows);
        Descend(Model.OutputBiases, ColumnSums(scores, DigitImages.Classes), x.Rows);
        StepsTaken++;
        TiledProduct[] products = [forwardHidden, forwardScores, backwardHidden, backwardOutput, backwardInput];
        return new TrainingStep(
            StepsTaken, (long)Math.Round(loss * 1_000_000), products.Sum(product => product.Cells.Count));
    }

    private (QuantisedMatrix Images, byte[] Labels) DrawBatch()
    {
        ReadOnlySpan<int> drawn = _sampler.Next();
        sbyte[] pixels = new sbyte[drawn.Length * DigitImages.Pixels];
        byte[] labels = new byte[drawn.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            _images.Image(drawn[i]).CopyTo(pixels.AsSpan(i * DigitImages.Pixels));
            labels[i] = _images.Label(drawn[i]);
        }

        return (new QuantisedMatrix(drawn.Length, DigitImages.Pixels, pixels, 1f / DigitSet.PixelScale), labels);
    }

    private TiledProduct Cut(QuantisedMatrix a, QuantisedMatrix bt) =>
        new(a, bt, _options.RowParts, _options.ColumnParts);

    private static async Task<float[]> MultiplyAsync(
        ICellExecutor executor, TiledProduct product, CancellationToken cancellationToken) =>
        Scaled(product, [.. await executor.ExecuteAsync(product.Cells, cancellationToken)]);

    private static float[] Scaled(TiledProduct product, ReadOnlySpan<int[]> results) =>
        Array.ConvertAll(product.Assemble(results), element => element * product.Scale);

    private static void AddBiases(Span<float> rows, ReadOnlySpan<float> biases, float smallest, float largest)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Math.Clamp(rows[i] + biases[i % biases.Length], smallest, largest);
        }
    }

    private void MaskInactive(Span<float> gradient, ReadOnlySpan<float> active)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            bool passes = active[i] > 0 && active[i] < _options.ActivationLimit;
            gradient[i] = passes ? Math.Clamp(gradient[i], -HiddenGradientLimit, HiddenGradientLimit) : 0;
        }
    }

    private static float[] ColumnSums(ReadOnlySpan<float> rows, int columns)
    {
        float[] sums = new float[columns];
        for (int i = 0; i < rows.Length; i++)
        {
            sums[i % columns] += rows[i];
        }

        return sums;
    }

    private void Descend(Span<float> parameters, ReadOnlySpan<float> gradientSums, int images)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            float mean = Math.Clamp(gradientSums[i] / images, -_options.GradientLimit, _options.GradientLimit);
            parameters[i] -= _options.LearningRate * mean;
        }
    }
}
