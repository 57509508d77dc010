using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Decoding;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class LogMatcherTests
{
    private const string Nft =
        """
        {"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},
            {"name":"id","type":"uint256","indexed":true}]}
        """;

    private const string Text = """{"type":"event","name":"Transfer","inputs":[{"name":"a","type":"string"}]}""";
    private const string Flag =
        """{"type":"event","name":"Flag","anonymous":true,"inputs":[{"name":"a","type":"bool","indexed":true}]}""";

    private const string Number =
        """{"type":"event","name":"Number","anonymous":true,"inputs":[{"name":"a","type":"uint8","indexed":true}]}""";

    [Fact]
    public void Events_that_share_a_topic_have_tables_of_their_own_and_are_told_apart_by_their_topics()
    {
        IndexManifest manifest = Manifest(Sample.Contract($"{Sample.TransferAbi},{Nft},{Text}"));
        Assert.Equal(
            ["c1_transfer_ddf252ad_3", "c1_transfer_ddf252ad_4", "c1_transfer_7cebee4e"],
            manifest.Plan.Tables.Select(table => table.Name));

        LogMatcher matcher = new(manifest.Plan);
        byte[] three = Sample.TransferTopics;
        Assert.Equal(["c1_transfer_ddf252ad_3"], Found(matcher, 1, three));
        Assert.Equal(["c1_transfer_ddf252ad_4"], Found(matcher, 1, [.. three, .. new byte[32]]));
        Assert.Equal(
            ["c1_transfer_ddf252ad_3", "c1_transfer_ddf252ad_4"], Found(matcher, 1, three[..64]));
        Assert.Equal(
            ["c1_transfer_7cebee4e"], Found(matcher, 1, manifest.Contracts[0].Abi.Events[2].Topic0.ToArray()));
        Assert.Empty(Found(matcher, 2, three));
        Assert.Empty(Found(matcher, 1, new byte[32]));
        Assert.Empty(Found(matcher, 1, []));
    }

    [Fact]
    public void Anonymous_events_are_tried_in_the_order_of_the_abi_on_logs_that_no_named_event_claims()
    {
        IndexedContract contract = Sample.Contract($"{Flag},{Text},{Number}") with { Events = ["Flag", "Number"] };
        IndexManifest manifest = Manifest(contract);
        LogMatcher matcher = new(manifest.Plan);
        Assert.Equal(["c1_flag", "c1_number"], Found(matcher, 1, new byte[32]));
        Assert.Empty(Found(matcher, 1, []));
        Assert.Empty(Found(matcher, 1, new byte[64]));
        Assert.Empty(Found(matcher, 1, contract.Abi.Events[1].Topic0.ToArray()));
    }

    [Fact]
    public void Logs_before_the_start_block_are_not_ours()
    {
        LogMatcher matcher = new(Manifest(Sample.Contract(Sample.TransferAbi) with { StartBlock = 10 }).Plan);
        Assert.Empty(Found(matcher, 1, Sample.TransferTopics, block: 9));
        Assert.Single(Found(matcher, 1, Sample.TransferTopics, block: 10));
    }

    [Fact]
    public void Contracts_of_a_factory_are_known_from_their_announcement_on()
    {
        IndexedContract made = Made(Sample.Contract(Sample.TransferAbi, 7));
        LogMatcher matcher = new(Manifest(Sample.Contract(Nft), made).Plan);
        byte[] topics = Sample.TransferTopics;
        Assert.Empty(Found(matcher, 7, topics));

        Assert.True(matcher.Add(Sample.Address(9), made, startBlock: 5));
        Assert.False(matcher.Add(Sample.Address(9), made, startBlock: 0));
        Assert.False(matcher.Add(Sample.Address(1), made, startBlock: 0));
        Assert.Equal(["c7_transfer"], Found(matcher, 9, topics, block: 5));
        Assert.Empty(Found(matcher, 9, topics, block: 4));
        Assert.Equal(["c1_transfer"], Found(matcher, 1, [.. topics, .. new byte[32]]));
    }

    [Fact]
    public void A_block_whose_bloom_is_passed_over_has_no_log_that_would_be_found()
    {
        IndexedContract made = Made(Sample.Contract(Nft, 3));
        LogMatcher[] matchers = [.. ((IndexedContract[][])
            [
                [Sample.Contract(Sample.TransferAbi)], [Sample.Contract($"{Nft},{Number}", 2)],
                [Sample.Contract(Text), made],
            ]).Select(contracts => new LogMatcher(Manifest(contracts).Plan))];
        Assert.True(matchers[2].Add(Sample.Address(4), made, startBlock: 0));
        Hash32[] topic0s =
            [.. AbiContract.Parse($"[{Sample.TransferAbi},{Text}]").Events.Select(known => known.Topic0), Hash32.Zero];
        int passedOver = 0;
        Gen.Select(Gen.Int[1, 4], Gen.OneOf(topic0s), Gen.Int[0, 4]).Array[1, 2].Sample(
            logs =>
            {
                LogEntry[] entries = [.. logs.Select(log => Entry((byte)log.Item1, log.Item2, log.Item3))];
                LogsBloom bloom = LogsBloom.Of(entries);
                foreach (LogMatcher matcher in matchers.Where(matcher => !matcher.MayMatch(bloom)))
                {
                    passedOver++;
                    Assert.All(entries, log => Assert.Empty(Found(matcher, log)));
                }
            },
            iter: 3_000,
            threads: 1);
        Assert.InRange(passedOver, 500, int.MaxValue);
    }

    [Fact]
    public void A_node_is_asked_for_all_that_could_be_ours()
    {
        IndexedContract made = Made(Sample.Contract(Nft, 3));
        IndexedContract plain = Sample.Contract(Sample.TransferAbi);
        IndexedContract anonymous = Sample.Contract(Flag, 2);
        Hash32 transfer = plain.Abi.Events[0].Topic0;

        LogFilter filter = new LogMatcher(Manifest(plain).Plan).Filter(3, 4);
        Assert.Equal(((BlockTag)3, (BlockTag)4), (filter.From, filter.To));
        Assert.Equal([Sample.Address(1)], filter.Addresses);
        Assert.Equal([transfer], Assert.Single(filter.Topics)!);
        filter = new LogMatcher(Manifest(plain, made).Plan).Filter(3, 4);
        Assert.Empty(filter.Addresses);
        Assert.Equal([transfer], Assert.Single(filter.Topics)!);
        filter = new LogMatcher(Manifest(plain, anonymous).Plan).Filter(3, 4);
        Assert.Equal([Sample.Address(1), Sample.Address(2)], filter.Addresses);
        Assert.Empty(filter.Topics);
    }

    // Announced by its own kind, so that the manifest is whole.
    private static IndexedContract Made(IndexedContract contract) =>
        contract with { Address = null, Factory = new ContractFactory(contract.Name, "Transfer", "to") };

    private static IndexManifest Manifest(params IndexedContract[] contracts) => new("s", contracts);

    private static string[] Found(LogMatcher matcher, byte address, byte[] topics, long block = 0)
    {
        List<string> names = [];
        foreach (EventDecoder decoder in matcher.Find(
            Sample.Log(topics, [], Sample.Address(address).ToArray()), block))
        {
            names.Add(decoder.Table.Name);
        }

        return [.. names];
    }

    private static string[] Found(LogMatcher matcher, LogEntry log) => Found(
        matcher, log.Address.ToArray()[^1], [.. log.Topics.SelectMany(topic => topic.ToArray())]);

    private static LogEntry Entry(byte address, Hash32 topic0, int topics) => new(
        Sample.Address(address), [.. Enumerable.Range(0, topics).Select(index => index == 0 ? topic0 : Hash32.Zero)],
        [], 0, Hash32.Zero, Hash32.Zero, 0, 0, false);
}
