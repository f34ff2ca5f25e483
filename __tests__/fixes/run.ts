import { tableOf } from './table.ts';
import { ofLab, ofRules } from './worlds.ts';

// `npm run fixes -- [lab worlds]`
async function main([count = '600']: readonly string[]): Promise<void> {
  const all = [...(await ofRules()), ...(await ofLab(Number(count)))];
  const wrong = all.filter(({ result }) => result === 'wrong');
  for (const { rule, of, because } of wrong) console.log(`WRONG ${rule} in ${of}: ${because}`);
  console.log(tableOf(all).join('\n'));
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
