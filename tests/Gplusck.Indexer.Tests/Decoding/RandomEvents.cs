namespace Gplusck.Indexer.Tests.Decoding;

/// <summary>JavaScript that makes random events and decodes a log of each with viem and ethers.</summary>
/// <remarks>
/// Input: <c>{ seed, count }</c>. Output for each event: its ABI entry, topics, data, and by library the columns as
/// Postgres' row_to_json shows them, except that integers are texts. Topics of indexed arrays and structs are random,
/// as neither library makes them and what they hash does not matter to a decoder.
/// </remarks>
internal static class RandomEvents
{
    public const string Script =
        """
        import { decodeAbiParameters, encodeAbiParameters, keccak256, toBytes, toEventSelector } from 'viem';
        import { AbiCoder, Interface, ParamType } from 'ethers';

        let state = input.seed >>> 0; // mulberry32
        const random = () => {
            state = (state + 0x6D2B79F5) >>> 0;
            let t = Math.imul(state ^ (state >>> 15), 1 | state);
            t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
            return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
        };
        const below = (n) => Math.floor(random() * n);
        const pick = (list) => list[below(list.length)];
        const times = (n, make) => Array.from({ length: n }, (_, index) => make(index));
        const hex = (n) => '0x' + times(n, () => below(256).toString(16).padStart(2, '0')).join('');

        const simple = () => pick([
            () => `uint${8 * (1 + below(32))}`, () => `int${8 * (1 + below(32))}`, () => `bytes${1 + below(32)}`,
            () => 'address', () => 'bool', () => 'bytes', () => 'string', () => 'uint256'])();
        const tuple = (depth, suffix) => ({
            type: 'tuple' + suffix,
            components: times(1 + below(4), (i) => ({ name: below(4) ? `m${i}` : '', ...parameter(depth - 1) })),
        });
        const parameter = (depth) => {
            const suffix = depth && below(3) === 0 ? pick(['[]', `[${1 + below(3)}]`, '[][]', '[2][]']) : '';
            return depth && below(4) === 0 ? tuple(depth, suffix) : { type: simple() + suffix };
        };

        const integer = (bits, signed) => {
            const one = signed ? bits - 1 : bits;
            const magnitude = pick([
                () => 0n, () => (1n << BigInt(one)) - 1n, () => 10n ** BigInt(below(Math.floor(one * 0.301) + 1)),
                () => BigInt(hex(32)) >> BigInt(256 - one + below(one))])();
            return signed && below(2) ? -magnitude - 1n : magnitude;
        };
        const text = () => String.fromCodePoint(...times(below(20), () =>
            pick([() => 0x20 + below(0x5F), () => below(0x800), () => 0xE000 + below(0x2000),
                () => 0x10000 + below(0x100000)])()));
        const element = (p) => ({ ...p, type: p.type.replace(/\[\d*\]$/, '') });
        const value = (p) => {
            const array = /\[(\d*)\]$/.exec(p.type);
            const bits = Number(/\d+$/.exec(p.type)?.[0]);
            return array ? times(array[1] ? Number(array[1]) : below(4), () => value(element(p)))
                : p.type === 'tuple' ? p.components.map(value)
                : p.type.startsWith('uint') ? integer(bits, false)
                : p.type.startsWith('int') ? integer(bits, true)
                : p.type === 'bool' ? below(2) === 1
                : p.type === 'address' ? hex(20)
                : p.type === 'string' ? text()
                : hex(p.type === 'bytes' ? below(70) : bits);
        };
        // viem takes and gives a struct whose members all have names as an object.
        const named = (p) => p.components.every((member) => member.name);
        const forViem = (p, v) => p.type.endsWith(']') ? v.map((item) => forViem(element(p), item))
            : p.type !== 'tuple' ? v
            : named(p) ? Object.fromEntries(p.components.map((m, i) => [m.name, forViem(m, v[i])]))
            : p.components.map((m, i) => forViem(m, v[i]));

        const plain = (p, v) => p.type.endsWith(']') ? Array.from(v).map((item) => plain(element(p), item))
            : p.type === 'tuple' ? Object.fromEntries(p.components.map((m, i) =>
                [m.name || `arg_${i}`, plain(m, Array.isArray(v) ? v[i] : v[m.name])]))
            : /int/.test(p.type) ? v.toString()
            : p.type === 'string' ? v.replaceAll('\0', '\uFFFD')
            : typeof v === 'string' ? v.toLowerCase() : v;
        const isHashed = (p) => p.indexed && /\]$|^tuple|^bytes$|^string$/.test(p.type);
        const isBytes = (p) => isHashed(p) || /^(address|bytes\d*)$/.test(p.type);
        const column = (p, v) => isBytes(p) ? '\\x' + v.slice(2).toLowerCase() : plain(p, v);

        const topic = (p, v) => p.type === 'string' ? keccak256(toBytes(v)) : p.type === 'bytes' ? keccak256(v)
            : isHashed(p) ? hex(32) : encodeAbiParameters([p], [v]);
        const event = (number) => {
            const anonymous = below(5) === 0;
            let topicsLeft = anonymous ? 4 : 3;
            const inputs = times(below(7), (i) => ({
                name: `a${i}`, ...parameter(3), indexed: below(3) === 0 && topicsLeft-- > 0 }));
            const abi = { type: 'event', name: `E${number}`, anonymous, inputs };
            const values = inputs.map(value);
            const inData = inputs.flatMap((p, i) => p.indexed ? [] : [i]);
            const inTopics = inputs.flatMap((p, i) => p.indexed ? [i] : []);
            const topics = inTopics.map((i) => topic(inputs[i], values[i]));
            const data = encodeAbiParameters(
                inData.map((i) => inputs[i]), inData.map((i) => forViem(inputs[i], values[i])));
            const types = inData.map((i) => ParamType.from({ ...inputs[i], indexed: undefined }));
            const byEthers = AbiCoder.defaultAbiCoder().encode(types, inData.map((i) => values[i]));
            if (data !== byEthers) throw new Error(`viem and ethers encode ${JSON.stringify(abi)} in two ways`);

            const viem = [];
            decodeAbiParameters(inData.map((i) => inputs[i]), data).forEach((v, k) => { viem[inData[k]] = v; });
            inTopics.forEach((i, k) => {
                viem[i] = isHashed(inputs[i]) ? topics[k] : decodeAbiParameters([inputs[i]], topics[k])[0];
            });
            const all = anonymous ? topics : [toEventSelector(abi), ...topics];
            const codec = new Interface([abi]);
            const ethers = [...codec.decodeEventLog(codec.getEvent(abi.name), data, all)];
            return {
                abi, topics: all, data,
                viem: inputs.map((p, i) => column(p, viem[i])),
                ethers: inputs.map((p, i) => column(p, isHashed(p) ? ethers[i].hash : ethers[i])),
            };
        };
        output(times(input.count, event));
        """;
}
