// What a mutant changes. Each operator looks at one node of the syntax tree and yields the texts to put in its place.

const RELATIONAL = {
  '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'], '==': ['!='], '!=': ['=='],
};
const LOGICAL = { '&&': ['||'], '||': ['&&'] };
const ARITHMETIC = {
  '+': ['-', '*'], '-': ['+'], '*': ['/', '+'], '/': ['*'], '%': ['/'], '**': ['*'],
  '<<': ['>>'], '>>': ['<<'], '&': ['|'], '|': ['&'], '^': ['&'],
};
const COMPOUND = {
  '+=': ['-=', '='], '-=': ['+=', '='], '*=': ['/='], '/=': ['*='], '%=': ['/='],
  '|=': ['&='], '&=': ['|='], '^=': ['&='], '<<=': ['>>='], '>>=': ['<<='],
};
const YUL = {
  add: ['sub'], sub: ['add'], mul: ['div'], div: ['mul'], mod: ['div'], sdiv: ['mul'],
  and: ['or'], or: ['and'], xor: ['and'],
  shl: ['shr'], shr: ['shl'], sar: ['shr'], lt: ['gt'], gt: ['lt'], slt: ['sgt'], sgt: ['slt'], eq: ['lt', 'gt'],
  iszero: [''], mload: ['calldataload'], calldataload: ['mload'],
};

/// `text` gives the source of a node, `parent` the node around this one.
export const OPERATORS = {
  /// a < b becomes a <= b and a >= b; a == b becomes a != b.
  relational: ({ node, text }) => binary(node, text, RELATIONAL),

  /// a && b becomes a || b.
  logical: ({ node, text }) => binary(node, text, LOGICAL),

  /// a + b becomes a - b and a * b; += becomes -= and =; ++a becomes --a.
  arithmetic: ({ node, text }) => {
    if (node.nodeType === 'Assignment') {
      return of(COMPOUND, node.operator).map((operator) =>
        `${text(node.leftHandSide)} ${operator} ${text(node.rightHandSide)}`);
    }
    if (node.nodeType === 'UnaryOperation' && (node.operator === '++' || node.operator === '--')) {
      const other = node.operator === '++' ? '--' : '++';
      return [node.prefix ? `${other}${text(node.subExpression)}` : `${text(node.subExpression)}${other}`];
    }
    return binary(node, text, ARITHMETIC);
  },

  /// !a becomes a; true becomes false.
  negation: ({ node, text }) => {
    if (node.nodeType === 'UnaryOperation' && node.operator === '!') return [text(node.subExpression)];
    if (node.nodeType === 'Literal' && node.kind === 'bool') return [node.value === 'true' ? 'false' : 'true'];
    return [];
  },

  /// The condition of an if, a require or a choice becomes true and false; that of a loop becomes false.
  condition: ({ node, parent }) => {
    const isChoice = ['IfStatement', 'Conditional'].includes(parent?.nodeType) && parent.condition === node;
    const isRequired = parent?.nodeType === 'FunctionCall' && parent.arguments[0] === node
      && ['require', 'assert'].includes(parent.expression.name);
    if (isChoice || isRequired) return ['true', 'false'];
    const isLoop = ['ForStatement', 'WhileStatement'].includes(parent?.nodeType) && parent.condition === node;
    return isLoop ? ['false'] : [];
  },

  /// An assignment, call, event or jump goes. A revert inside an if is the condition's affair, and a loop's step is
  /// left, for without it the loop never ends.
  deletion: ({ node, parent }) => {
    if (node.nodeType === 'YulExpressionStatement' || node.nodeType === 'YulAssignment') return ['{}'];
    if (node.nodeType === 'ExpressionStatement') return parent.loopExpression === node ? [] : ['true'];
    return ['EmitStatement', 'Break', 'Continue'].includes(node.nodeType) ? ['true'] : [];
  },

  /// A number becomes one more and one less.
  constant: ({ node, text }) => {
    if (node.nodeType === 'Literal' && node.kind === 'number') {
      return isZero(node.value) ? [`(${text(node)} + 1)`] : [`(${text(node)} + 1)`, `(${text(node)} - 1)`];
    }
    if (node.nodeType === 'YulLiteral' && node.kind === 'number') {
      return [BigInt(node.value) + 1n, BigInt(node.value) - 1n].filter((value) => value >= 0n).map(String);
    }
    return [];
  },

  /// f(a, b) becomes f(b, a) where a and b have the same type.
  exchange: ({ node, text }) => {
    if (node.nodeType !== 'FunctionCall' || node.kind === 'typeConversion') return [];
    return node.arguments.flatMap((left, index) => {
      const right = node.arguments.slice(index + 1).find((other) => typeOf(other) === typeOf(left));
      if (right === undefined || text(left) === text(right)) return [];
      const [start, end] = [offsetOf(node), offsetOf(node) + lengthOf(node)];
      return [text.between(start, offsetOf(left)) + text(right)
        + text.between(offsetOf(left) + lengthOf(left), offsetOf(right)) + text(left)
        + text.between(offsetOf(right) + lengthOf(right), end)];
    });
  },

  /// A function loses a modifier.
  modifier: ({ node, parent }) =>
    (node.nodeType === 'ModifierInvocation' && parent.kind !== 'constructor' ? [''] : []),

  /// An instruction of inline assembly becomes another.
  instruction: ({ node, text }) => {
    if (node.nodeType !== 'YulFunctionCall') return [];
    const { functionName: { name }, arguments: list } = node;
    return of(YUL, name).map((other) => (other === '' ? text(list[0]) : `${other}(${list.map(text).join(', ')})`));
  },
};

function binary(node, text, table) {
  if (node.nodeType !== 'BinaryOperation') return [];
  return of(table, node.operator).map((operator) =>
    `((${text(node.leftExpression)}) ${operator} (${text(node.rightExpression)}))`);
}

function of(table, key) {
  return Object.hasOwn(table, key) ? table[key] : [];
}

function isZero(value) {
  return /^0(x0*)?$/.test(value);
}

function typeOf(node) {
  return node.typeDescriptions.typeString;
}

export function offsetOf(node) {
  return Number(node.src.split(':')[0]);
}

export function lengthOf(node) {
  return Number(node.src.split(':')[1]);
}
