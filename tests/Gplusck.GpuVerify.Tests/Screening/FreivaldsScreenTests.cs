using CsCheck;
using Gplusck.Chain;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Tests.Screening;

/// <summary>The screen against honest cells and against the ways to cheat that apply to one product.</summary>
public class FreivaldsScreenTests
{
    private readonly FreivaldsScreen screen = new(new SeededChallenge(7));
    private readonly FreivaldsScreen portable = new(new SeededChallenge(8), new ScalarProducts());

    [Fact]
    public void Honest_cells_are_never_flagged()
    {
        Random random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            RandomCell cell = Small(random);
            Assert.Empty(screen.Check(cell.Shape, cell.A, cell.Bt, cell.C));
            Assert.Null(portable.Locate(cell.Shape, cell.A, cell.Bt, cell.C));
        }
    }

    [Fact]
    public void Attack_1_any_single_wrong_element_is_detected_and_located()
    {
        Random random = new(2);
        for (int i = 0; i < 6000; i++)
        {
            RandomCell cell = Small(random);
            int element = random.Next(cell.C.Length);
            int wrong = i % 2 == 0 ? cell.C[element] ^ (1 << random.Next(32)) : random.Next(int.MinValue, int.MaxValue);
            AssertLocated(i % 3 == 0 ? portable : screen, cell, element, wrong);
        }
    }

    [Fact]
    public void Attack_2_errors_of_every_power_of_two_are_located()
    {
        RandomCell cell = new(new GemmShape(40, 50, 129), 3);
        for (int power = 0; power < 32; power++)
        {
            AssertLocated(screen, cell, 1234, unchecked(cell.C[1234] + (1 << power)));
            AssertLocated(screen, cell, 1999, unchecked(cell.C[1999] - (1 << power)));
        }
    }

    [Fact]
    public void Attack_3_errors_that_cancel_in_a_row_sum_and_a_column_sum_are_detected()
    {
        RandomCell cell = new(new GemmShape(20, 30, 70), 4);
        int[] c = [.. cell.C];
        (c[95], c[107]) = (c[95] + 5, c[107] - 5);
        (c[95 + 60], c[107 + 60]) = (c[95 + 60] - 5, c[107 + 60] + 5);
        Assert.Equal([3, 5], screen.Check(cell.Shape, cell.A, cell.Bt, c));
        Assert.Equal(new WrongElement(3, 5, cell.C[95] + 5, cell.C[95]), screen.Locate(cell.Shape, cell.A, cell.Bt, c));
    }

    [Fact]
    public void Attack_4_an_error_made_for_known_weights_fails_the_next_ones()
    {
        RandomCell cell = new(new GemmShape(2, 2, 8), 5);
        int[] c = [.. cell.C];
        FreivaldsScreen known = new(new FixedChallenge([3, 5]));
        (c[0], c[1]) = (c[0] + 5, c[1] - 3);
        Assert.Empty(known.Check(cell.Shape, cell.A, cell.Bt, c));
        Assert.Equal([0], screen.Check(cell.Shape, cell.A, cell.Bt, c));
    }

    [Fact]
    public void Attack_5_another_cells_output_is_detected()
    {
        RandomCell cell = new(new GemmShape(9, 11, 33), 6);
        AssertDetected(cell, new RandomCell(cell.Shape, 7).C);
    }

    [Fact]
    public void Attack_6_a_product_that_skips_the_last_terms_is_detected()
    {
        RandomCell cell = new(new GemmShape(9, 11, 65), 8);
        AssertDetected(cell, Multiply(cell, (a, bt) => ForEachRow(a, bt, cell.Shape.K, row => row[64..].Clear())));
    }

    [Fact]
    public void Attack_7_one_tile_of_zeros_or_repeated_from_elsewhere_is_located()
    {
        RandomCell cell = new(new GemmShape(96, 96, 40), 9);
        foreach (bool zeros in (bool[])[true, false])
        {
            int[] c = [.. cell.C];
            for (int row = 80; row < 96; row++)
            {
                Span<int> tile = c.AsSpan((row * 96) + 48, 16);
                cell.C.AsSpan(((row - 80) * 96) + 48, 16).CopyTo(tile);
                if (zeros)
                {
                    tile.Clear();
                }
            }

            WrongElement? found = screen.Locate(cell.Shape, cell.A, cell.Bt, c);
            Assert.NotNull(found);
            Assert.InRange(found.Value.Row, 80, 95);
            Assert.InRange(found.Value.Column, 48, 63);
        }
    }

    [Fact]
    public void Attack_8_four_bit_operands_are_detected()
    {
        RandomCell cell = new(new GemmShape(9, 11, 33), 10);
        AssertDetected(cell, Multiply(cell, (a, bt) => ForEachRow(a, bt, cell.Shape.K, RoundToFourBits)));
    }

    [Fact]
    public void Attacks_9_and_10_other_or_thinned_weights_are_detected()
    {
        RandomCell cell = new(new GemmShape(9, 11, 33), 11);
        AssertDetected(cell, Multiply(cell, (_, bt) => bt[200]++));
        AssertDetected(cell, Multiply(cell, (_, bt) => bt.AsSpan(33, 8).Clear()));
    }

    [Fact]
    public void Attack_11_saturating_accumulation_is_detected()
    {
        GemmShape shape = new(1, 1, 64);
        sbyte[] a = new sbyte[64];
        sbyte[] bt = new sbyte[64];
        Array.Fill(a, (sbyte)127);
        Array.Fill(bt, (sbyte)127);
        int[] saturated = [32 * short.MaxValue];
        WrongElement expected = new(0, 0, saturated[0], 64 * 127 * 127);
        Assert.Equal(expected, screen.Locate(shape, a, bt, saturated));
    }

    [Fact]
    public void Attack_13_permuted_rows_and_a_transposed_result_are_detected()
    {
        RandomCell cell = new(new GemmShape(12, 12, 33), 12);
        AssertDetected(cell, [.. cell.C[12..], .. cell.C[..12]]);
        AssertDetected(cell, [.. Enumerable.Range(0, 144).Select(i => cell.C[(i % 12 * 12) + (i / 12)])]);
    }

    [Fact]
    public void Attack_29_extremes_at_the_longest_row_are_judged_exactly()
    {
        GemmShape shape = new(2, 3, GemmShape.MaxK);
        sbyte[] a = new sbyte[shape.LengthA];
        sbyte[] bt = new sbyte[shape.LengthBt];
        int[] c = new int[shape.LengthC];
        Array.Fill(a, sbyte.MinValue);
        Array.Fill(bt, sbyte.MinValue);
        Array.Fill(c, 1 << 30);
        Assert.Null(screen.Locate(shape, a, bt, c));
        foreach (int wrong in (int[])[(1 << 30) - 1, int.MinValue, int.MaxValue, -(1 << 30)])
        {
            c[4] = wrong;
            Assert.Equal(new WrongElement(1, 1, wrong, 1 << 30), screen.Locate(shape, a, bt, c));
        }
    }

    [Fact]
    public void The_operating_systems_weights_locate_a_wrong_element_too()
    {
        RandomCell cell = new(new GemmShape(17, 33, 65), 13);
        AssertLocated(new FreivaldsScreen(new CryptographicChallenge()), cell, 100, cell.C[100] + 1);
    }

    [Fact]
    public void Wrong_elements_are_found_among_many_in_any_arrangement() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int).Sample(
            (m, n, seed) =>
            {
                RandomCell cell = new(new GemmShape(m, n, 37), seed);
                Random random = new(seed);
                int[] c = [.. cell.C.Select(element => random.Next(3) == 0 ? element + random.Next(-2, 3) : element)];
                int[] wrongRows = [.. Enumerable.Range(0, m).Where(row => !SameRow(cell.C, c, row, n))];
                Assert.Equal(wrongRows, screen.Check(cell.Shape, cell.A, cell.Bt, c));
                WrongElement? found = screen.Locate(cell.Shape, cell.A, cell.Bt, c);
                Assert.Equal(wrongRows.Length > 0, found is not null);
                if (found is WrongElement wrong)
                {
                    int element = (wrong.Row * n) + wrong.Column;
                    Assert.Equal((c[element], cell.C[element]), (wrong.Claimed, wrong.Actual));
                    Assert.NotEqual(wrong.Claimed, wrong.Actual);
                }
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void Matrices_of_another_shape_are_refused() =>
        Assert.Throws<InvalidInputException>(
            () => screen.Check(new GemmShape(2, 2, 2), new sbyte[4], new sbyte[4], new int[3]));

    private static RandomCell Small(Random random) =>
        new(new GemmShape(random.Next(1, 9), random.Next(1, 9), random.Next(1, 80)), random.Next());

    private static bool SameRow(int[] honest, int[] claimed, int row, int n) =>
        honest.AsSpan(row * n, n).SequenceEqual(claimed.AsSpan(row * n, n));

    private static void AssertLocated(FreivaldsScreen screen, RandomCell cell, int element, int wrong)
    {
        int[] c = [.. cell.C];
        c[element] = wrong;
        (int row, int column) = Math.DivRem(element, cell.Shape.N);
        int right = cell.C[element];
        WrongElement? expected = wrong == right ? null : new WrongElement(row, column, wrong, right);
        Assert.Equal(expected, screen.Locate(cell.Shape, cell.A, cell.Bt, c));
    }

    private void AssertDetected(RandomCell cell, int[] c)
    {
        int[] wrongRows = [.. Enumerable.Range(0, cell.Shape.M).Where(row => !SameRow(cell.C, c, row, cell.Shape.N))];
        Assert.NotEmpty(wrongRows);
        Assert.Equal(wrongRows, screen.Check(cell.Shape, cell.A, cell.Bt, c));
    }

    private static int[] Multiply(RandomCell cell, Action<sbyte[], sbyte[]> spoil)
    {
        sbyte[] a = [.. cell.A];
        sbyte[] bt = [.. cell.Bt];
        int[] c = new int[cell.C.Length];
        spoil(a, bt);
        new ScalarGemm().Multiply(cell.Shape, a, bt, c);
        return c;
    }

    private static void ForEachRow(sbyte[] a, sbyte[] bt, int k, RowAction action)
    {
        foreach (sbyte[] matrix in (sbyte[][])[a, bt])
        {
            for (int start = 0; start < matrix.Length; start += k)
            {
                action(matrix.AsSpan(start, k));
            }
        }
    }

    private static void RoundToFourBits(Span<sbyte> row)
    {
        foreach (ref sbyte element in row)
        {
            element = (sbyte)(element & ~0xf);
        }
    }

    private delegate void RowAction(Span<sbyte> row);

    private sealed class FixedChallenge(uint[] weights) : IChallengeSource
    {
        public void Fill(Span<uint> destination) => weights.CopyTo(destination);
    }
}
