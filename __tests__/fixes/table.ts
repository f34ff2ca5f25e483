import type { Tried } from './property.ts';

/** Rules by worlds: tried, mended, undone, nothing to run, left out. */
export function tableOf(all: readonly Tried[]): readonly string[] {
  const rules = [...new Set(all.map(({ rule }) => rule))].sort();
  const row = (name: string, of: readonly Tried[]): string => {
    const count = (result: Tried['result']) => of.filter((each) => each.result === result).length;
    const undone = of.filter(({ undone: each }) => each === true).length;
    const cells = [of.length, count('mended'), undone, count('nothing to run'), count('left out'), count('wrong')];
    return `${name.padEnd(40)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;
  };
  const heads = ['tried', 'mended', 'undone', 'nothing', 'left out', 'wrong'];
  const reasons = new Map<string, number>();
  for (const { rule, result, because } of all)
    if (result === 'left out') reasons.set(`${rule}: ${because}`, (reasons.get(`${rule}: ${because}`) ?? 0) + 1);
  return [
    `${'rule'.padEnd(40)}${heads.map((head) => head.padStart(9)).join('')}`,
    ...rules.map((rule) =>
      row(
        rule,
        all.filter((each) => each.rule === rule),
      ),
    ),
    row('all', all),
    ...[...reasons].map(([reason, count]) => `left out ${count} times, ${reason}`),
  ];
}
