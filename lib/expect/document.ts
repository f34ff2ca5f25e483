import {
  type Alias,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import { ExpectationError } from './error.ts';

export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export type Path = readonly (string | number)[];

/** A YAML or JSON text (JSON is YAML) with the place of everything in it. */
export interface Located {
  readonly value: unknown;
  /** Of the value at a path; of the nearest thing around it where there is none. */
  readonly at: (path: Path) => Position;
  /** Of the key that a path ends with. */
  readonly atKey: (path: Path) => Position;
}

/** `azlb.yaml:3:5`, as editors and build logs make a link of it. */
export const placed = (file: string, { line, column }: Position, text: string): string =>
  `${file}:${line}:${column}: ${text}`;

const deepest = 40;

/** Reads the text, or throws an ExpectationError with every fault of form in it. */
export function located(file: string, text: string): Located {
  const deep = tooDeep(text);
  if (deep !== undefined) throw new ExpectationError(placed(file, deep, `this is nested more than ${deepest} deep.`));
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const position = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [
    // A tag that is not understood is only a warning to the parser; its value would be taken for what it isn't.
    ...[...document.errors, ...document.warnings].map(({ pos, code, message }) => ({
      offset: pos[0],
      text: faultText(code, message),
    })),
    ...aliases(document),
  ];
  if (faults.length > 0) {
    const lines = faults.slice(0, 10).map((fault) => placed(file, position(fault.offset), fault.text));
    throw new ExpectationError(lines.join('\n'));
  }
  const offsetOf = (path: Path, ofKey: boolean): number => walk(document, path, ofKey);
  return {
    value: document.toJS(),
    at: (path) => position(offsetOf(path, false)),
    atKey: (path) => position(offsetOf(path, true)),
  };
}

function faultText(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key is here twice; the second would hide the first.';
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; put several load balancers under loadBalancers.';
  return `${message.replace(/[.:]?\s*$/, '')}.`;
}

/** A few anchors that repeat one another can stand for billions of values; nothing here needs them. */
function aliases(document: Document): readonly { readonly offset: number; readonly text: string }[] {
  const found: { readonly offset: number; readonly text: string }[] = [];
  visit(document, {
    Alias: (_, { range, source }: Alias) => {
      found.push({ offset: range?.[0] ?? 0, text: `*${source} repeats something by reference; write it out.` });
    },
  });
  return found;
}

/** The parser recurses: what is nested very deeply ends the whole process (yaml 2.9 on Node 20). */
function tooDeep(text: string): Position | undefined {
  let open = 0;
  for (const [at, line] of text.split('\n').entries()) {
    const indent = line.length - line.trimStart().length;
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      if ((character === ']' || character === '}') && open > 0) open -= 1;
      if (open > deepest) break;
    }
    const inLine = line.match(/(?:^|\s)[-?:](?=\s|$)/g)?.length ?? 0;
    if (open > deepest || inLine > deepest || indent > deepest * 4) return { line: at + 1, column: indent + 1 };
  }
  return undefined;
}

function walk(document: Document, path: Path, ofKey: boolean): number {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair: Pair<unknown, unknown> | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (pair === undefined) return offset;
      const key = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      node = isNode(pair.value) ? pair.value : undefined;
      offset = (isLast && ofKey ? key : (node?.range?.[0] ?? key)) ?? offset;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      node = isNode(item) ? item : undefined;
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}
