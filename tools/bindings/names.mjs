// Names and signatures, as Solidity has them and as C# wants them.

const KEYWORDS = new Set(`
  abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else
  enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock
  long namespace new null object operator out override params private protected public readonly ref return sbyte sealed
  short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort
  using virtual void volatile while`.trim().split(/\s+/));

export function pascal(name) {
  const words = /^[A-Z0-9_]+$/.test(name) ? name.toLowerCase() : name;
  return words.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

export function parameterName(input, index) {
  if (input.name === '') return `arg${index}`;
  const name = pascal(input.name);
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  return KEYWORDS.has(camel) ? `@${camel}` : camel;
}

export function memberName(input, index, enclosing) {
  const name = input.name === '' ? `Arg${index}` : pascal(input.name);
  return name === enclosing ? `${name}Value` : name; // C# forbids a member named like its type.
}

export function lastName(internalType) {
  return /(\w+)(\[\d*\])*$/.exec(internalType)[1];
}

export function signatureOf(entry) {
  return `${entry.name}(${entry.inputs.map(canonicalType).join(',')})`;
}

function canonicalType(parameter) {
  return parameter.type.startsWith('tuple')
    ? `(${parameter.components.map(canonicalType).join(',')})${parameter.type.slice('tuple'.length)}`
    : parameter.type;
}

export function solidityType(parameter) {
  return (parameter.internalType ?? parameter.type).replace(/^(struct|enum|contract) /, '');
}

export function declaration(entry) {
  const one = (parameter) =>
    `${solidityType(parameter)}${parameter.indexed ? ' indexed' : ''} ${parameter.name}`.trim();
  const list = (parameters) => parameters.map(one).join(', ');
  const returns = entry.outputs?.length > 0 ? ` returns (${list(entry.outputs)})` : '';
  const mutability = ['view', 'pure', 'payable'].includes(entry.stateMutability) ? ` ${entry.stateMutability}` : '';
  return `${entry.type} ${entry.name}(${list(entry.inputs)})${mutability}${returns}`;
}
