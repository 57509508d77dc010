// The C# of one function, event or struct.
import { readExpression, writeCall } from './coding.mjs';
import { declaration, memberName, parameterName, pascal, solidityType } from './names.mjs';
import { broken, docBlock, escape, LINE_MAX, parenthesised, remarks, summary } from './text.mjs';
import { csType, headBytes, isHashed, resultType } from './types.mjs';

export function functionMember(entry, selector, doc) {
  const { inputs, outputs } = entry;
  const names = inputs.map((input, index) => parameterName(input, index));
  const result = resultType(outputs);
  const writer = [
    `new AbiWriter(0x${selector}, headBytes: ${headBytes(inputs)})`,
    ...inputs.flatMap((input, index) => broken(`    .${writeCall(input, names[index])}`, 8)),
  ];
  const call = outputs.length === 0
    ? [`_contract.Call(${writer[0]}`, ...writer.slice(1)]
    : ['_contract.Call(', ...writer.map((line) => `    ${line}`)];
  call[call.length - 1] += outputs.length === 0 ? ');' : ',';
  if (outputs.length > 0) {
    const values = outputs.map((output) => readExpression(output, 'output'));
    const lambda = '    static (ref AbiReader output) => ';
    call.push(...(values.length === 1 ? [`${lambda}${values[0]});`] : parenthesised(lambda, values, ');', 8)));
  }
  return [
    ...summary(doc.notice ?? `Calls <c>${entry.name}</c>.`, 4, doc.notice === undefined),
    ...remarks(declaration(entry), doc.params, 4),
    ...signatureLines(result, pascal(entry.name), inputs.map((input, index) => `${csType(input)} ${names[index]}`)),
    ...call.map((line) => `    ${line}`),
  ];
}

function signatureLines(result, name, parameters) {
  const [first, ...more] = parenthesised(`public Call<${result.single}> ${name}`, parameters, ' =>', 4);
  if (first.length + 4 <= LINE_MAX) return [first, ...more];
  const opening = parenthesised('public Call<', result.items, `> ${name}`, 4);
  return [...opening.slice(0, -1), ...parenthesised(opening.at(-1), parameters, ' =>', 4)];
}

export function eventMember(entry, signature, doc) {
  const record = `${pascal(entry.name)}Event`;
  const fields = entry.inputs.map((input, index) => ({ input, name: memberName(input, index, record) }));
  const topicCount = entry.inputs.filter((input) => input.indexed).length + 1;
  if (entry.anonymous) throw new Error(`The anonymous event ${entry.name} has no topic to be told by.`);
  const type = (input) => (isHashed(input) ? 'Hash32' : csType(input));
  const read = ({ input }) => isHashed(input)
    ? 'topics.ReadBytes32()'
    : readExpression(input, input.indexed ? 'topics' : 'data');
  const readers = [
    '        AbiReader topics = new(Definition.IndexedWords(log.Topics));',
    ...(fields.some(({ input }) => !input.indexed) ? ['        AbiReader data = new(log.Data);'] : []),
  ];
  return [
    ...summary(doc.notice ?? `The event <c>${entry.name}</c>.`, 4, doc.notice === undefined),
    ...remarks(declaration(entry), doc.params, 4),
    ...parenthesised(
      `public sealed record ${record}`, fields.map(({ input, name }) => `${type(input)} ${name}`), '', 4),
    '{',
    '    private static readonly BoundEvent Definition = new(',
    `        "${signature}",`,
    `        topicCount: ${topicCount});`,
    '',
    '    /// <summary>Hash of the signature: the first topic of its logs.</summary>',
    '    public static Hash32 Topic0 => Definition.Topic0;',
    '',
    '    /// <summary>Decodes <paramref name="log"/> if it is this event; false for any other log.</summary>',
    '    /// <remarks>The topics decide, not the address. Malformed data throws <see cref="AbiException"/>.</remarks>',
    `    public static bool TryDecode(LogEntry log, [NotNullWhen(true)] out ${record}? decoded)`,
    '    {',
    '        decoded = Definition.Matches(log.Topics) ? Decode(log) : null;',
    '        return decoded is not null;',
    '    }',
    '',
    '    /// <summary>Decodes a log of this event.</summary>',
    '    /// <exception cref="AbiException">A log of another event, or malformed data.</exception>',
    `    public static ${record} Decode(LogEntry log)`,
    '    {',
    ...readers,
    ...parenthesised('        return new', fields.map(read), ';', 8),
    '    }',
    '}',
  ];
}

export function structLines(name, { components, declared }) {
  const fields = components.map((component, index) => ({ component, name: memberName(component, index, name) }));
  return [
    `/// <summary>The struct <c>${escape(declared)}</c>.</summary>`,
    ...docBlock('remarks',
      [`${components.map((component) => `<c>${solidityType(component)} ${component.name}</c>`).join(', ')}.`], 0),
    ...parenthesised(`public sealed record ${name}`,
      fields.map((field) => `${csType(field.component)} ${field.name}`), '', 0),
    '{',
    `    internal const int EncodedHeadBytes = ${headBytes(components)};`,
    '',
    ...parenthesised(`    internal static ${name} Read(ref AbiReader tuple) => new`,
      fields.map((field) => readExpression(field.component, 'tuple')), ';', 4),
    '',
    `    internal static void Write(AbiWriter tuple, ${name} value) => tuple`,
    ...fields.flatMap((field, index) => broken(
      `        .${writeCall(field.component, `value.${field.name}`)}${index === fields.length - 1 ? ';' : ''}`, 0)),
    '}',
  ];
}
