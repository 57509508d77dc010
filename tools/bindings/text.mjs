// XML documentation, and lines broken at 120 columns.

export const LINE_MAX = 120;

export function docs(userdocs, devdocs, signature) {
  const notice = [userdocs?.[signature]].flat()[0]?.notice;
  const params = [devdocs?.[signature]].flat()[0]?.params ?? {};
  return { notice, params };
}

export function summary(text, indent, isXml = false) {
  return docBlock('summary', [isXml ? text : escape(text)], indent);
}

export function remarks(solidity, params, indent) {
  const about = Object.entries(params).map(([name, text]) => `<para><c>${name}</c>: ${escape(text)}</para>`);
  return docBlock('remarks', [`<c>${escape(solidity)}</c>`, ...about], indent);
}

export function docBlock(tag, paragraphs, indent) {
  const single = `/// <${tag}>${paragraphs[0]}</${tag}>`;
  if (paragraphs.length === 1 && single.length + indent <= LINE_MAX) return [single];
  const lines = paragraphs.flatMap((text) => wrap(text, LINE_MAX - indent - '/// '.length));
  return [`/// <${tag}>`, ...lines.map((line) => `/// ${line}`), `/// </${tag}>`];
}

export function escape(text) {
  const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return xml.replace(/`([^`]+)`/g, '<c>$1</c>').trim();
}

function wrap(text, width) {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Breaks a line that is too long before its lambda. */
export function broken(line, indent) {
  const lambda = line.indexOf('static (');
  if (line.length + indent <= LINE_MAX || lambda < 0) return [line];
  const margin = /^ */.exec(line)[0];
  return [line.slice(0, lambda).trimEnd(), `${margin}    ${line.slice(lambda)}`];
}

/** `before(a, b)after`, on one line when it fits, else one item a line. */
export function parenthesised(before, items, after, indent) {
  const single = `${before}(${items.join(', ')})${after}`;
  if (items.length === 0 || single.length + indent <= LINE_MAX) return [single];
  const margin = /^ */.exec(before)[0];
  return [`${before}(`, ...items.map((item, index) =>
    `${margin}    ${item}${index === items.length - 1 ? `)${after}` : ','}`)];
}
