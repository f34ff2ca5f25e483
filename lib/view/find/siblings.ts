import type { SiblingKind } from '../../../schemas/found.generated.ts';
import { lastSegment, parseId, sameId, scaleSetInstance } from '../../azure/ids.ts';
import type { Unit } from './inventory.ts';

/** Machines that are expected to be treated alike, and what makes them so. */
export interface Siblings {
  readonly kind: SiblingKind;
  /** The set's name, or the pattern of names. */
  readonly of: string;
  readonly units: readonly Unit[];
}

/** The strongest ground first. What is in a scale set is measured by that alone. */
export function siblingsOf(unit: Unit, units: readonly Unit[]): readonly Siblings[] {
  const others = units.filter(({ id, kind }) => kind !== 'interface' && !sameId(id, unit.id));
  const setId = setOf(unit);
  const alike = (kind: SiblingKind, of: string, test: (other: Unit) => boolean): readonly Siblings[] => {
    const found = others.filter(test);
    return found.length === 0 ? [] : [{ kind, of, units: found }];
  };
  if (setId !== undefined) return alike('scale-set', lastSegment(setId), (other) => sameId(setOf(other), setId));
  const availabilitySetId = unit.machine?.availabilitySetId;
  const pattern = patternOf(unit);
  return [
    ...(availabilitySetId === undefined
      ? []
      : alike('availability-set', lastSegment(availabilitySetId), ({ machine }) =>
          sameId(machine?.availabilitySetId, availabilitySetId),
        )),
    ...(pattern === undefined ? [] : alike('name', pattern, (other) => isLike(unit, other))),
  ];
}

function setOf({ id, machine }: Unit): string | undefined {
  return machine?.scaleSetId ?? scaleSetInstance(id)?.scaleSetId;
}

/** `web-*` of web-3: what stands before the number at a name's end. */
function patternOf({ kind, name }: Unit): string | undefined {
  const [, before] = /^(.*[^\d])\d+$/.exec(name) ?? [];
  return kind === 'machine' && before !== undefined ? `${before}*` : undefined;
}

/** Numbered alike, in the same group, and in no scale set. */
function isLike(one: Unit, other: Unit): boolean {
  const group = ({ id }: Unit): string | undefined => parseId(id)?.resourceGroup.toLowerCase();
  const pattern = patternOf(other)?.toLowerCase();
  return pattern === patternOf(one)?.toLowerCase() && group(one) === group(other) && setOf(other) === undefined;
}
