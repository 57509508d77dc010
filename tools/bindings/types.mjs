// Which C# type stands for a Solidity type, and how it lies in encoded data.
import { lastName, pascal } from './names.mjs';

// An ABI does not name the members of an enum, so these are written by hand; any other enum is bound as a byte.
const ENUMS = new Set(['EnergySource', 'NodeStatus', 'MeasurementTier', 'BatchStatus', 'FaultKind']);

export function shape(parameter) {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (array) {
    const element = { ...parameter, type: array[1], internalType: parameter.internalType?.replace(/\[\d*\]$/, '') };
    return { kind: 'array', element, count: array[2] === '' ? null : Number(array[2]) };
  }
  if (parameter.type === 'tuple') return { kind: 'tuple', name: lastName(parameter.internalType) };
  const [, family, size] = /^([a-z]+)(\d*)$/.exec(parameter.type);
  const enumName = parameter.internalType?.startsWith('enum ') ? lastName(parameter.internalType) : undefined;
  if (family === 'uint' || family === 'int') {
    return { kind: family, bits: Number(size), enumName: ENUMS.has(enumName) ? enumName : undefined };
  }
  if (family === 'bytes' && size !== '') return { kind: 'fixedBytes', length: Number(size) };
  return family === 'function' ? { kind: 'fixedBytes', length: 24 } : { kind: family };
}

export function csType(parameter) {
  const type = shape(parameter);
  switch (type.kind) {
    case 'array': return `IReadOnlyList<${csType(type.element)}>`;
    case 'tuple': return type.name;
    case 'uint': return type.enumName ?? csInteger(type.bits, ['byte', 'ushort', 'uint', 'ulong']);
    case 'int': return csInteger(type.bits, ['sbyte', 'short', 'int', 'long']);
    case 'fixedBytes': return type.length === 32 ? 'Hash32' : 'byte[]';
    case 'bytes': return 'byte[]';
    case 'address': return 'Address';
    default: return type.kind;
  }
}

function csInteger(bits, [upTo8, upTo16, upTo32, upTo64]) {
  if (bits > 64) return 'BigInteger';
  return bits > 32 ? upTo64 : bits > 16 ? upTo32 : bits > 8 ? upTo16 : upTo8;
}

export function resultType(outputs) {
  if (outputs.length === 0) return { single: 'Unit' };
  if (outputs.length === 1) return { single: csType(outputs[0]) };
  const items = outputs.map((output, index) =>
    `${csType(output)} ${output.name === '' ? `Item${index + 1}` : pascal(output.name)}`);
  return { single: `(${items.join(', ')})`, items };
}

export function isDynamic(parameter) {
  const type = shape(parameter);
  if (type.kind === 'array') return type.count === null || isDynamic(type.element);
  if (type.kind === 'tuple') return parameter.components.some(isDynamic);
  return type.kind === 'bytes' || type.kind === 'string';
}

export function isHashed(parameter) {
  return parameter.indexed && ['array', 'tuple', 'bytes', 'string'].includes(shape(parameter).kind);
}

export function headOf(parameter) {
  const type = shape(parameter);
  if (isDynamic(parameter)) return 32;
  if (type.kind === 'array') return type.count * headOf(type.element);
  return type.kind === 'tuple' ? headBytes(parameter.components) : 32;
}

export function headBytes(parameters) {
  return parameters.reduce((sum, parameter) => sum + headOf(parameter), 0);
}

export function collectStructs(parameters, structs) {
  for (const { type, internalType, components } of parameters) {
    if (!type.startsWith('tuple')) continue;
    const declared = internalType.replace(/(\[\d*\])+$/, '').replace(/^struct /, '');
    const name = lastName(declared);
    const known = structs.get(name);
    if (known && JSON.stringify(known.components) !== JSON.stringify(components)) {
      throw new Error(`Two different structs are called ${name}: ${known.declared} and ${declared}.`);
    }
    structs.set(name, known ?? { components, declared });
    collectStructs(components, structs);
  }
}
