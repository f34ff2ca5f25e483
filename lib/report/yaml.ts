import { Document, Scalar, visit } from 'yaml';
import { escapeHarmful, isHarmful } from './clean.ts';

/** YAML 1.2 with every value as it is; long lines are kept whole, so that a command can be copied out of it. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      // Only double quotes have escapes.
      if (typeof scalar.value === 'string' && isHarmful(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escapeHarmful(
    // Folded, a value would begin lines of its own, and a build log runs what stands at the beginning of one.
    document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY }),
  );
}
