// The C# expressions that decode and encode one value.
import { pascal } from './names.mjs';
import { headOf, isDynamic, shape } from './types.mjs';

export function readExpression(parameter, reader) {
  const type = shape(parameter);
  switch (type.kind) {
    case 'array': {
      const head = headOf(type.element);
      const item = `static (ref AbiReader item) => ${readExpression(type.element, 'item')}`;
      if (type.count === null) return `${reader}.ReadArray(${head}, ${item})`;
      return isDynamic(parameter)
        ? `${reader}.ReadTuple(static (ref AbiReader items) => items.ReadElements(${type.count}, ${head}, ${item}))`
        : `${reader}.ReadElements(${type.count}, ${head}, ${item})`;
    }
    case 'tuple':
      return isDynamic(parameter)
        ? `${reader}.ReadTuple(${qualified(type)}.Read)`
        : `${qualified(type)}.Read(ref ${reader})`;
    case 'uint':
      return type.enumName
        ? `(${type.enumName})${reader}.ReadUInt8()`
        : `${reader}.${readInteger('ReadUInt', type.bits)}`;
    case 'int': return `${reader}.${readInteger('ReadInt', type.bits)}`;
    case 'fixedBytes':
      return type.length === 32 ? `${reader}.ReadBytes32()` : `${reader}.ReadFixedBytes(${type.length})`;
    default: return `${reader}.Read${pascal(type.kind)}()`;
  }
}

function readInteger(method, bits) {
  const [size] = [8, 16, 32, 64, 256].filter((candidate) => bits <= candidate);
  return `${method}${size}(${size === bits ? '' : bits})`;
}

export function writeCall(parameter, value) {
  const type = shape(parameter);
  switch (type.kind) {
    case 'array': {
      const item = `static (item, element) => item.${writeCall(type.element, 'element')}`;
      if (type.count === null) return `WriteArray(${value}, ${headOf(type.element)}, ${item})`;
      const elements = `static (items, elements) => items.WriteElements(elements, ${type.count}, ${item})`;
      return isDynamic(parameter)
        ? `WriteTuple(${value}, ${type.count * headOf(type.element)}, ${elements})`
        : `WriteElements(${value}, ${type.count}, ${item})`;
    }
    case 'tuple':
      return isDynamic(parameter)
        ? `WriteTuple(${value}, ${qualified(type)}.EncodedHeadBytes, ${qualified(type)}.Write)`
        : `WriteInPlace(${value}, ${qualified(type)}.Write)`;
    case 'uint': return `WriteUInt(${type.enumName ? `(byte)${value}` : value}, ${type.bits})`;
    case 'int': return `WriteInt(${value}, ${type.bits})`;
    case 'fixedBytes':
      return type.length === 32 ? `WriteBytes32(${value})` : `WriteFixedBytes(${value}, ${type.length})`;
    default: return `Write${pascal(type.kind)}(${value})`;
  }
}

/** A function `root` next to a struct `Root` hides the struct's name in expressions. */
function qualified({ name }) {
  return `Bindings.${name}`;
}
