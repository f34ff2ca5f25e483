import kleur from 'kleur';

type Painter = (text: string) => string;

export interface Paint {
  readonly bold: Painter;
  readonly dim: Painter;
  readonly red: Painter;
  readonly yellow: Painter;
  readonly green: Painter;
  readonly cyan: Painter;
}

const plain: Painter = (text) => text;

/** Whether there is colour was decided by whoever knows the terminal; kleur's own reading of the environment is overruled. */
export function paint(colour: boolean): Paint {
  if (!colour) return { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
  kleur.enabled = true;
  const { bold, dim, red, yellow, green, cyan } = kleur;
  return {
    bold: (text) => bold(text),
    dim: (text) => dim(text),
    red: (text) => red(text),
    yellow: (text) => yellow(text),
    green: (text) => green(text),
    cyan: (text) => cyan(text),
  };
}
