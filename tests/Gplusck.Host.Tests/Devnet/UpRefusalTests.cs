using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gplusck.Testing;

namespace Gplusck.Host.Tests.Devnet;

public sealed class UpRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck refusal ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_port_in_use_is_one_sentence_and_exit_code_2()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await AssertRefusedAsync($"Port {port} is in use", "up", "--port", port, "--data", _folder);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("many")]
    public async Task A_port_that_is_none_is_one_sentence_and_exit_code_2(string port) =>
        await AssertRefusedAsync($"--port takes a number from 1 to 65535, not {port}", "up", "--port", port);

    [Fact]
    public async Task An_unknown_command_is_one_sentence_and_exit_code_2() =>
        await AssertRefusedAsync("There is no `fly`", "fly");

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_one_sentence_and_exit_code_2()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await AssertRefusedAsync(file, "up", "--port", "4999", "--data", file);
    }

    [Fact]
    public async Task A_damaged_chain_is_one_sentence_that_says_what_to_do()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "chain"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "chain", "chain.json"), "{\"block\":", TestContext.Current.CancellationToken);
        (int code, _, string errors) = await GplusckProgram.RunAsync(
            TestContext.Current.CancellationToken, "up", "--port", "4998", "--data", _folder);
        Assert.Equal(1, code);
        Assert.Contains($"remove {_folder} to start anew", errors, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AssertRefusedAsync(string expected, params string[] arguments)
    {
        (int code, string output, string errors) = await GplusckProgram.RunAsync(
            TestContext.Current.CancellationToken, arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }
}
